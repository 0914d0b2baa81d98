import { expect } from "chai";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openFileRunStore } from "../../../../src/adapters/run-directory/file-run-store.ts";
import type { JournalEventBody } from "../../../../src/record/journal.ts";
import { manifestOf } from "../../../support/manifest-fixture.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { longrun } from "../../memory-machine.ts";

/** Makes a run that was killed after one invocation. Such a run has no exposure. */
function writeRun(folder: string): void {
  const store = openFileRunStore(folder);
  store.writeManifest(manifestOf());
  const bodies: readonly JournalEventBody[] = [
    { event: "run-started", resumed: false },
    {
      event: "function-ready",
      function: "one",
      functionArn: "arn:aws:lambda:us-east-1:123456789012:function:one",
      logGroup: "/aws/lambda/one",
      reservedConcurrency: 1,
      runtime: "nodejs22.x",
      timeoutMs: 10_000,
      lastModified: "2026-11-25T01:02:03.000Z",
      codeSha256: null,
      logFormat: "JSON",
      systemLogLevel: "DEBUG",
    },
    { event: "drive-started" },
    { event: "invocation-sent", function: "one", n: 1, dueAt: "2026-11-25T01:02:04.000Z", lateMs: 0 },
    {
      event: "invocation-ended",
      function: "one",
      n: 1,
      requestId: "r1",
      executedVersion: "$LATEST",
      durationMs: 10,
      latencyMs: 10,
      outcome: "succeeded",
    },
  ];
  for (const [index, body] of bodies.entries()) {
    store.appendJournal({
      sequence: index + 1,
      time: `2026-11-25T01:02:0${index}.000Z`,
      monotonicMs: index * 1_000,
      ...body,
    });
  }
  store.close();
}

function filesBelow(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    files
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

describe("command line:", () => {
  const folder = temporaryFolder();
  const run = (): string => join(folder.path(), "run");
  beforeEach(() => writeRun(run()));

  it("analyze judges a killed run without changing it, with the same result each time", async () => {
    const before = filesBelow(run());
    const first = await longrun(["analyze", run(), "--json"]);
    const second = await longrun(["analyze", run(), "--json"]);
    const result = JSON.parse(first.out) as {
      readonly verdict: string;
      readonly functions: readonly { readonly invocations: unknown }[];
    };
    expect({ code: first.code, err: first.err, verdict: result.verdict }).to.deep.equal({
      code: 2,
      err: "",
      verdict: "inconclusive",
    });
    expect(result.functions[0]?.invocations).to.deep.equal({
      planned: 1,
      succeeded: 1,
      functionErrors: 0,
      throttled: 0,
      invocationErrors: 0,
      unknown: 0,
      unknownReasons: {},
      skipped: 0,
    });
    expect(second).to.deep.equal(first);
    expect(filesBelow(run())).to.deep.equal(before);
  });

  it("analyze prints a table that fits 80 columns", async () => {
    const { code, out } = await longrun(["analyze", "run"], { workingFolder: folder.path() });
    expect(code).to.equal(2);
    expect(out.split("\n").filter((line) => line.length > 80)).to.deep.equal([]);
    expect(out).to.not.include("\u001b");
  });

  it("analyze prints the table in colours on a terminal, but not with NO_COLOR", async () => {
    const coloured = await longrun(["analyze", run()], { isTerminal: true });
    const plain = await longrun(["analyze", run()], { isTerminal: true, environment: { NO_COLOR: "1" } });
    expect([coloured.out.includes("\u001b["), plain.out.includes("\u001b[")]).to.deep.equal([true, false]);
  });

  it("analyze can fail a run by a threshold that is given with --threshold", async () => {
    const { code } = await longrun(["analyze", run(), "--threshold", "invocations.succeeded < 1"]);
    expect(code).to.equal(1);
  });

  for (const format of ["text", "markdown", "junit", "json"] as const) {
    it(`report --format ${format} prints the same bytes each time, exits with 0 and writes no file`, async () => {
      const before = filesBelow(run());
      const first = await longrun(["report", run(), "--format", format]);
      expect({ code: first.code, err: first.err, empty: first.out === "" }).to.deep.equal({
        code: 0,
        err: "",
        empty: false,
      });
      expect(await longrun(["report", run(), "--format", format])).to.deep.equal(first);
      expect(filesBelow(run())).to.deep.equal(before);
    });
  }

  it("analyze reports every mistake in one message", async () => {
    const { code, err } = await longrun(
      ["analyze", "lambda.log", "--threshold", "harm", "--settle", "soon"],
      { workingFolder: folder.path() },
    );
    expect(code).to.equal(64);
    expect(err).to.match(/^longrun analyze: 3 things are wrong/);
    expect(err)
      .to.match(/lambda\.log\n +expected a run directory or a file with logs/)
      .and.to.match(/--settle soon\n +expected a length of time/)
      .and.to.match(/--threshold harm\n +expected PATH/);
  });

  for (const command of ["analyze", "report"]) {
    it(`${command} refuses a folder that is not a run`, async () => {
      const { code, err, out } = await longrun([command, "nowhere"], { workingFolder: folder.path() });
      expect({ code, out }).to.deep.equal({ code: 64, out: "" });
      expect(err).to.match(/nowhere:?\s+expected a run directory/);
    });
  }
});
