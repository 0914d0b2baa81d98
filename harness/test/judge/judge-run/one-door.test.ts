/** The same evidence gives the same result through each face, and what a run was started with decides how it is judged. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { unpackCase } from "../../../../scripts/golden/cases.ts";
import { openRun } from "../../../src/adapters/run-directory/scan-run.ts";
import type { Overrides } from "../../../src/record/judgement-settings.ts";
import type { Manifest, ResolvedProfile } from "../../../src/record/manifest.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import type { LongrunError } from "../../../src/base/errors.ts";
import { liveSummary } from "../../../src/cli/soak/live-summary.ts";
import type { LiveJudgement } from "../../../src/run/ports/judge.ts";
import { judgeRun } from "../../../src/library/index.ts";
import { readRun } from "../../adapters/run-directory/read-run.ts";
import { longrun } from "../../cli/memory-machine.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const read = (text: string): RunResult => JSON.parse(text) as RunResult;
const written = (result: RunResult): RunResult => read(JSON.stringify(result));

/** Each way from the evidence of a run to a result. Explore and replay pass evidence in memory to `judgeRun`, as `memory` does. */
const FACES: Readonly<Record<string, (run: string) => RunResult | Promise<RunResult>>> = {
  analyze: async (run) => read((await longrun(["analyze", run, "--json"])).out),
  report: async (run) => read((await longrun(["report", run, "--format", "json"])).out),
  soak: async (run) => {
    await longrun(["judge", run], { inputLines: ["seal"] });
    return read(readFileSync(join(run, "result.json"), "utf8"));
  },
  library: (run) => written(judgeRun(run)),
  memory: (run) => written(judgeRun(readRun(run))),
};

describe("judging a run", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  function runWith(changes: Partial<ResolvedProfile>, expected: "pass" | null = null): string {
    const run = join(folder.path(), "run");
    unpackCase("the-fix", run);
    const path = join(run, "manifest.json");
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    const functions = manifest.functions.map((one) => ({ ...one, expected: expected ?? one.expected }));
    const profile = { ...manifest.profile, ...changes };
    writeFileSync(path, JSON.stringify({ ...manifest, functions, profile }));
    return run;
  }

  async function throughEachFace(run: string): Promise<RunResult> {
    const result = judgeRun(run);
    for (const [name, face] of Object.entries(FACES))
      expect(await face(run), name).to.deep.equal(written(result));
    return result;
  }

  it("gives the same result through each face", async () => {
    expect((await throughEachFace(runWith({}))).functions.map(({ verdict }) => verdict)).to.deep.equal([
      "fail",
      "pass",
    ]);
  });

  it("gives the live view the figures of the same result", async () => {
    const run = runWith({ thresholds: ["latencyMs.p99 < 0"] });
    const { out } = await longrun(["judge", run], { inputLines: ["live"] });
    const { answer } = JSON.parse(out) as { readonly answer: LiveJudgement };
    expect(answer).to.deep.equal(liveSummary(judgeRun(run), answer.processorMs));
    expect(answer.functions.map(({ verdict }) => verdict)).to.deep.equal(["fail", "fail"]);
  });

  it("reads the thresholds of the run through each face", async () => {
    const { functions } = await throughEachFace(runWith({ thresholds: ["latencyMs.p99 < 0"] }));
    expect(functions.map(({ verdict }) => verdict)).to.deep.equal(["fail", "fail"]);
  });

  it("reads through each face whether connections may be kept", async () => {
    const allowed = runWith({ keptConnections: "allowed", capacity: 1, capacityGiven: false });
    const { functions } = await throughEachFace(allowed);
    expect(functions.map(({ verdict, reasons }) => [verdict, ...reasons])).to.deep.equal([
      ["fail", "harm"],
      ["inconclusive", "discipline"],
    ]);
  });

  it("reads the expectations of the run through each face", async () => {
    const { expectationsMet, exitCode } = await throughEachFace(runWith({}, "pass"));
    expect([expectationsMet, exitCode]).to.deep.equal([false, 1]);
  });

  it("says in the result what was set in place of the settings of the run", async () => {
    const run = runWith({ thresholds: ["latencyMs.p99 < 0"] });
    const overrides: Overrides = { thresholds: ["harm.total >= 0"], capacity: { places: 5, given: true } };
    const given = ["--threshold", "harm.total >= 0", "--capacity", "5", "--json"];
    const { out } = await longrun(["analyze", run, ...given]);
    expect(read(out)).to.deep.equal(written(judgeRun(run, overrides)));
    expect(written(judgeRun(readRun(run), overrides))).to.deep.equal(read(out));
    expect([read(out).overrides, judgeRun(run).overrides]).to.deep.equal([overrides, undefined]);
    expect(read(out).functions[1]?.reasons).to.not.include("threshold");
  });

  it("judges evidence that was read before", () => {
    const run = runWith({});
    const opened = openRun(run);
    expect(written(judgeRun(opened))).to.deep.equal(written(judgeRun(run)));
    opened.close();
  });

  it("refuses values that a setting cannot have, and says what was expected", () => {
    const wrong: readonly object[] = [
      { thresholds: ["harm.total"], capacity: 5 },
      { settleMs: "soon", keptConnections: "maybe", onlyClient: "yes", strangers: "backup" },
      { applicationLogLevel: "TRACE", reservedConcurrency: -1, inFlight: 0.5 },
      { expectations: { f: "maybe" }, peerCapacities: { db: 5 } },
    ];
    const run = readRun(runWith({}));
    const refused = wrong.map((overrides) => {
      try {
        return judgeRun(run, overrides).verdict;
      } catch (error) {
        return (error as LongrunError).code === "usage" ? (error as LongrunError).message : error;
      }
    });
    const places = 'an object such as { "places": 5, "given": true }';
    expect(refused).to.deep.equal(
      [
        'thresholds: expected a list of thresholds, such as harm.total == 0, found ["harm.total"]; ' +
          `capacity: expected ${places}, found 5`,
        'settleMs: expected a length of time in milliseconds, found "soon"; ' +
          'keptConnections: expected flawed or allowed, found "maybe"; ' +
          'strangers: expected a list of strings, found "backup"; onlyClient: expected true or false, found "yes"',
        'applicationLogLevel: expected INFO, WARN, ERROR, FATAL or null, found "TRACE"; ' +
          "reservedConcurrency: expected a whole number or null, found -1; inFlight: expected a whole number, found 0.5",
        'expectations: expected a verdict for each function, such as { "f": "pass" }, found {"f":"maybe"}; ' +
          `peerCapacities: expected for the name of each peer ${places}, found {"db":5}`,
      ].map((problems) => `The settings of a judgement: ${problems}.`),
    );
  });

  it("refuses the name of a setting that there is not", () => {
    const wrong = { threshold: [] } as Overrides;
    expect(() => judgeRun(readRun(runWith({})), wrong)).to.throw(
      /no setting threshold.*did you mean thresholds\?/,
    );
  });
});
