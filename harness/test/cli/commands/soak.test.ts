import { expect } from "chai";
import { mkdirSync, readFileSync, writeFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { manifestOf } from "../../support/manifest-fixture.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { longrun } from "../memory-machine.ts";

/** Returns the mistakes on standard error, in the order of the lines. */
const mistakes = (err: string): readonly string[] =>
  [...err.matchAll(/^ {2}(\S.*)\n {6}(\S.*)$/gm)].map(([, where, text]) => `${where}: ${text}`);

describe("longrun soak with mistakes", () => {
  const folder = temporaryFolder();
  const soak = (...flags: readonly string[]) => longrun(["soak", ...flags], { workingFolder: folder.path() });

  it("reports all mistakes together, and starts nothing", async () => {
    writeFileSync(join(folder.path(), "soak.yaml"), "durration: 1s\nadmission: deny\n");
    writeFileSync(join(folder.path(), "broken.zip"), "no zip");
    writeFileSync(join(folder.path(), "event.json"), "{");
    mkdirSync(join(folder.path(), "full"));
    writeFileSync(join(folder.path(), "full", "mine"), "");
    const before = readdirSync(folder.path());
    const { code, out, err } = await soak(
      ...[
        "--profile",
        "soak.yaml",
        "--intervall",
        "1s",
        "--function",
        "handler-conect",
        "--code",
        "broken.zip",
        "--event",
        "event.json",
      ],
      ...[
        "--success",
        "a = ",
        "--threshold",
        "harm",
        "--platform",
        "tipical",
        "--out",
        "full",
        "--expect",
        "brokn=pass",
      ],
    );
    expect({ code, out }).to.deep.equal({ code: 64, out: "" });
    const expected = [
      /^--intervall: there is no such flag; did you mean --interval\?$/,
      /^soak\.yaml:1 durration: there is no such setting; did you mean duration\?$/,
      /^soak\.yaml:2 admission: deny: expected one of refuse, backlog, evict$/,
      /^--function handler-conect: expected one of .*; did you mean handler-connect\?/,
      /^--expect brokn=pass: no function has this label; did you mean broken\?/,
      /^--threshold harm: expected PATH/,
      /^--event event\.json: expected JSON in the file: /,
      /^--success a = : expected a JSONata expression such as 'ok = true': /,
      /^--code broken\.zip: expected (?:a source file, )?a zip or a jar, but /,
      /^--platform tipical: expected one of calm, typical, hostile, partition, or a file that can be read, but no file or folder has this name; did you mean typical\?$/,
      /^--out full: expected a new or an empty folder, but there is something in it$/,
    ];
    const found = mistakes(err);
    expect(err).to.match(new RegExp(`^longrun soak: ${expected.length} things are wrong\n`));
    for (const [index, pattern] of expected.entries()) expect(found[index] ?? "").to.match(pattern);
    expect(readdirSync(folder.path())).to.deep.equal(before);
  });

  for (const { title, flags, text } of [
    {
      title: "a mistyped flag, which is then not also missing",
      flags: ["--functoin", "handler-connect"],
      text: /: one thing is wrong\n\n +--functoin: there is no such flag; did you mean --function\?/,
    },
    {
      title: "a profile that does not exist",
      flags: ["--profile", "none.yaml"],
      text: /: one thing is wrong\n\n +--profile none\.yaml: expected a file that can be read, but no file or folder has this name/,
    },
    {
      title: "an event that is nested so deeply that its manifest could not be read",
      flags: ["--code", "a.mjs", "--event", `${"[".repeat(201)}${"]".repeat(201)}`],
      text: /--event …: expected JSON with at most 200 lists and objects inside each other/,
    },
    {
      title: "--out on a file",
      flags: ["--code", "a.mjs", "--out", "a.mjs"],
      text: /--out a\.mjs: expected a new or an empty folder, but a file is in the way/,
    },
    {
      title: "a peer of the user's own if no user can be asked",
      flags: ["--code", "a.mjs", "--peer", "127.0.0.1:9"],
      text: /expected --yes, because no user can be asked/,
    },
    {
      title: "an invalid platform file",
      flags: ["--code", "a.mjs", "--platform", "platform.yaml"],
      text: /--platform platform\.yaml: placement: /,
    },
  ]) {
    it(`refuses ${title}`, async () => {
      writeFileSync(join(folder.path(), "a.mjs"), "export const handler = async () => 1;");
      writeFileSync(join(folder.path(), "platform.yaml"), "name: mine\nplacement: somewhere\n");
      const { code, err, out } = await soak(...flags);
      expect({ code, out }).to.deep.equal({ code: 64, out: "" });
      expect(err.replaceAll("\n      ", ": ")).to.match(text);
    });
  }

  it("reports a wrong flag once, and does not report it as missing too", async () => {
    const { code, err } = await soak("--function", "a=b=c", "--target", "aws", "--region", "nowhere!");
    expect(code).to.equal(64);
    expect(mistakes(err)).to.deep.equal([
      "--function a=b=c: expected [LABEL=]NAME or [LABEL=]ARN of a function",
      "--region nowhere!: expected a region such as eu-central-1",
    ]);
  });

  it("with --resume, reports together that the run does not exist, that a flag works only with a new run, and that a value is invalid", async () => {
    const { code, err } = await soak("--resume", "none", "--duration", "9s", "--seed", "x");
    expect(code).to.equal(64);
    expect(mistakes(err)).to.deep.equal([
      "--seed x: expected a whole number from 0 to 4294967295",
      "--duration: works only with a new run; a resumed run keeps its settings",
      "--resume none: expected a run directory, but there is no such folder",
    ]);
  });

  it("refuses to resume a run whose settings somebody made invalid, and names each invalid setting", async () => {
    mkdirSync(join(folder.path(), "changed"));
    const file = join(folder.path(), "changed", "manifest.json");
    const functions = [{ label: "one", source: { kind: "design", design: "handler-connect" } }];
    const manifest = {
      ...manifestOf(),
      settings: { functions, interval: "often", memoryMb: 12, env: [{ key: "STAGE" }, 3] },
    };
    writeFileSync(file, JSON.stringify(manifest));
    const { code, out, err } = await soak("--resume", "changed", "--seed", "1");
    expect({ code, out }).to.deep.equal({ code: 64, out: "" });
    expect(mistakes(err)).to.deep.equal([
      "--seed: works only with a new run; a resumed run keeps its settings",
      'changed/manifest.json settings.interval: expected a length of time in milliseconds, at least 20, found "often"',
      "changed/manifest.json settings.memoryMb: expected a whole number from 128 to 10240, found 12",
      "changed/manifest.json settings.env: expected a variable with its name as `key` at [1]",
    ]);
    expect(readdirSync(join(folder.path(), "changed"))).to.deep.equal(["manifest.json"]);
    expect(readFileSync(file, "utf8")).to.equal(JSON.stringify(manifest));
  });

  it("refuses to resume with settings that contradict each other", async () => {
    mkdirSync(join(folder.path(), "changed"));
    const functions = [{ label: "one", source: { kind: "design", design: "handler-connect" } }];
    const settings = {
      functions,
      duration: 1_000,
      interval: 2_000,
      expectations: [{ key: "two", value: "pass" }],
    };
    writeFileSync(
      join(folder.path(), "changed", "manifest.json"),
      JSON.stringify({ ...manifestOf(), settings }),
    );
    const { code, err } = await soak("--resume", "changed");
    expect(code).to.equal(64);
    expect(mistakes(err)).to.deep.equal([
      "changed/manifest.json --duration: expected at least the length of one --interval, because otherwise nothing is invoked",
      "changed/manifest.json --expect two=pass: no function has this label; expected one of one",
      "changed/plan.json: expected the plan of this run; without it the local engine would initialise no environment ahead",
    ]);
  });

  it("refuses to resume a run on the local engine without its plan", async () => {
    mkdirSync(join(folder.path(), "torn"));
    const functions = [{ label: "one", source: { kind: "design", design: "handler-connect" } }];
    const settings = { functions, platform: "hostile" };
    writeFileSync(
      join(folder.path(), "torn", "manifest.json"),
      JSON.stringify({ ...manifestOf(), settings }),
    );
    const { code, err } = await soak("--resume", "torn");
    expect(code).to.equal(64);
    expect(mistakes(err)).to.deep.equal([
      "torn/plan.json: expected the plan of this run; without it the local engine would initialise no environment ahead",
    ]);
  });

  it("does not resume a run that has ended and has its report", async () => {
    mkdirSync(join(folder.path(), "over"));
    const manifest = { ...manifestOf({ status: "ended" }), settings: { env: [] } };
    writeFileSync(join(folder.path(), "over", "manifest.json"), JSON.stringify(manifest));
    writeFileSync(join(folder.path(), "over", "result.json"), "{}");
    const { code, err } = await soak("--resume", "over");
    expect(code).to.equal(64);
    expect(err).to.include("this one has ended").and.to.include("longrun analyze over");
  });

  it("reports that nothing answers at --endpoint, and leaves no run directory", async () => {
    writeFileSync(join(folder.path(), "a.mjs"), "export const handler = async () => 1;");
    const { code, err } = await soak("--code", "a.mjs", "--endpoint", "http://127.0.0.1:1", "--out", "run");
    expect({ code, files: readdirSync(folder.path()) }).to.deep.equal({ code: 69, files: ["a.mjs"] });
    expect(err).to.match(/The engine at http:\/\/127\.0\.0\.1:1 does not answer/);
  });

  it("reports that nothing listens at --peer, and leaves no run directory", async () => {
    writeFileSync(join(folder.path(), "a.mjs"), "export const handler = async () => 1;");
    const { code, err } = await soak("--code", "a.mjs", "--peer", "127.0.0.1:1", "--yes", "--out", "run");
    expect({ code, files: readdirSync(folder.path()) }).to.deep.equal({ code: 69, files: ["a.mjs"] });
    expect(err).to.match(/The peer 127\.0\.0\.1:1 cannot be reached: ECONNREFUSED/);
  });

  it("reports a wrong address, capacity or variable of the peer, and leaves no run directory", async () => {
    writeFileSync(join(folder.path(), "a.mjs"), "export const handler = async () => 1;");
    const wrong = async (...flags: readonly string[]): Promise<readonly string[]> => {
      const { code, err } = await soak("--code", "a.mjs", "--yes", "--out", "run", ...flags);
      return [String(code), ...mistakes(err)];
    };
    const url = (value: string): readonly string[] => ["--link", "URL", "--env", `URL=${value}`];
    expect([
      await wrong(...url("tcp://plc/line1")),
      await wrong(...url("plc")),
      await wrong("--link", "DSN", "--env", "URL=redis://cache"),
      await wrong(...url("redis://cache"), "--capacity", "0"),
      await wrong("--peer", "plc"),
      await wrong("--env", "V=5", "--env", "AWS_REGION=a"),
    ]).to.deep.equal([
      ["64", "--link URL: URL names plc without a port: add it as :PORT"],
      ["64", "--link URL: URL names no port: write HOST:PORT"],
      ["64", "--link DSN: the function has no variable DSN; it has URL. Give it with --env DSN=VALUE"],
      ["64", "--capacity 0: expected a whole number from 1 to 1000000, or unknown"],
      ["64", "--peer …: expected HOST:PORT such as 10.0.9.9:7000"],
      [
        "64",
        "--env V=…: expected KEY=VALUE such as STAGE=test; KEY begins with a letter and has two or more letters, digits and underscores",
        "--env AWS_REGION=…: expected another name than AWS_REGION, which Lambda reserves",
      ],
    ]);
    expect(readdirSync(folder.path())).to.deep.equal(["a.mjs"]);
  });

  it("starts nothing if the user does not confirm that the peer may be used", async () => {
    writeFileSync(join(folder.path(), "a.mjs"), "export const handler = async () => 1;");
    const { code, err } = await longrun(
      ["soak", "--code", "a.mjs", "--peer", "plc.example:7000", "--duration", "90s", "--probe", "yes"],
      { workingFolder: folder.path(), answer: "n" },
    );
    expect({ code, files: readdirSync(folder.path()) }).to.deep.equal({ code: 130, files: ["a.mjs"] });
    expect(err.replaceAll(/\s+/g, " "))
      .to.match(/connects to plc\.example:7000, which longrun did not start: up to 90 requests in 90s/)
      .and.to.match(
        /First, --probe: This opens up to 9 connections to plc\.example:7000, at most 2 at one time/,
      )
      .and.to.match(/Not confirmed; nothing was started/);
  });
});
