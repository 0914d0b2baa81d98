import { expect } from "chai";
import { LongrunError } from "../../src/base/errors.ts";
import { InvariantError } from "../../src/base/invariant.ts";
import { COMMANDS } from "../../src/cli/command-list.ts";
import { presentError } from "../../src/cli/present-error.ts";
import { longrun, memoryMachine } from "./memory-machine.ts";

describe("longrun", () => {
  it("prints its version", async () => {
    const { code, out, err } = await longrun(["--version"]);
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    expect(out).to.match(/^\d+\.\d+\.\d+\n$/);
  });

  it("prints the overview on request, with every exit code", async () => {
    const { code, out, err } = await longrun(["--help"]);
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    for (const { name } of COMMANDS) expect(out).to.match(new RegExp(`^  ${name} `, "m"));
    for (const exit of [0, 1, 2, 64, 69, 70, 130]) expect(out).to.match(new RegExp(`^ +${exit}  \\w`, "m"));
  });

  it("without a command, prints the overview on standard error and ends with exit code 64", async () => {
    const { code, out, err } = await longrun([]);
    expect({ code, out }).to.deep.equal({ code: 64, out: "" });
    expect(err).to.match(/^Usage: longrun COMMAND/m);
  });

  for (const [typed, text] of [
    ["saok", "longrun saok: there is no such command; did you mean longrun soak?"],
    ["analyse", "longrun analyse: there is no such command; did you mean longrun analyze?"],
    ["--verbose", "longrun --verbose: there is no such flag"],
    ["deploy-everything", "longrun deploy-everything: there is no such command"],
  ] as const) {
    it(`reports what it did not understand in \`${typed}\``, async () => {
      expect(await longrun([typed])).to.deep.equal({
        code: 64,
        out: "",
        err: `${text}\n\nlongrun --help lists the commands.\n`,
      });
    });
  }

  it("prints the help of a command also for `help COMMAND`", async () => {
    expect(await longrun(["help", "soak"])).to.deep.equal(await longrun(["soak", "--help"]));
    expect((await longrun(["help", "saok"])).err).to.include("did you mean longrun soak?");
  });

  it("says which command has a flag that this command does not have", async () => {
    const { code, err } = await longrun(["analyze", "events.json", "--platform", "typical", "--nonsense"]);
    expect(code).to.equal(64);
    expect(err).to.include(
      "--platform\n      there is no such flag; it is a flag of longrun soak, longrun serve\n",
    );
    expect(err).to.include("--nonsense\n      there is no such flag\n");
  });

  for (const { name } of COMMANDS) {
    it(`prints ${name} --help in 80 columns, with examples, and exits with 0`, async () => {
      const { code, out, err } = await longrun([name, "--help"]);
      expect({ code, err }).to.deep.equal({ code: 0, err: "" });
      expect(out.split("\n").filter((line) => line.length > 80)).to.deep.equal([]);
      expect(out).to.match(new RegExp(`^Usage: longrun ${name}`));
      expect(out).to.match(new RegExp(`^Examples:[^]*longrun ${name} `, "m"));
    });
  }

  it("refuses --json of analyze together with another --format, and accepts it together with --format json", async () => {
    const mistakes = async (format: string): Promise<string> =>
      (await longrun(["analyze", "no-such-file", "--json", "--format", format])).err;
    expect(await mistakes("html")).to.include("expected no --format html, because --json is --format json");
    expect(await mistakes("json")).not.to.include("--format json, because");
  });

  it("reports every mistake of a command in one message", async () => {
    const { code, out, err } = await longrun(["peer", "--prot", "1", "--admission", "deny", "--host"]);
    expect({ code, out }).to.deep.equal({ code: 64, out: "" });
    expect(err).to.equal(
      [
        "longrun peer: 3 things are wrong",
        "",
        "  --host",
        "      expected a value: --host ADDRESS",
        "  --prot",
        "      there is no such flag; did you mean --port?",
        "  --admission deny",
        "      expected one of refuse, backlog, evict",
        "",
        "longrun peer --help shows every flag.",
        "",
      ].join("\n"),
    );
  });
});

describe("presentError", () => {
  for (const { code, exit } of [
    { code: "usage", exit: 64 },
    { code: "unavailable", exit: 69 },
    { code: "interrupted", exit: 130 },
  ] as const) {
    it(`presents ${code} as a sentence and a hint, with exit code ${exit}`, () => {
      const machine = memoryMachine([]);
      expect([
        presentError(machine, new LongrunError(code, "It happened.", { hint: "Try that." })),
        machine.err(),
      ]).to.deep.equal([exit, "It happened.\n\nTry that.\n"]);
    });
  }

  for (const error of [new InvariantError("two at once"), new TypeError("x is undefined")]) {
    it(`presents a ${error.name} with its stack and the address for bug reports, with exit code 70`, () => {
      const machine = memoryMachine([]);
      expect(presentError(machine, error)).to.equal(70);
      expect(machine.err()).to.match(/^This is a bug in longrun/);
      expect(machine.err())
        .to.include(error.message)
        .and.to.include("main.test.ts")
        .and.to.include("Please report it");
    });
  }
});
