/**
 * Judges long local runs of a correct handler. The test knows which harm in them is real. Whatever the order of the platform's events, the
 * judgement must leave nothing unknown and report only real harm. 100,000 invocations under `hostile` take about 20 s of one core, and the
 * 20,000 of `make test` take 4 s. The runs under `partition` take half as long.
 */
import { expect } from "chai";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { propertyRuns } from "../../support/test-all.ts";
import { hostileRun, type HostileRun } from "./hostile/hostile-run.ts";
import { judge } from "./judge.ts";

const more = process.env["LONGRUN_PROPERTY_RUNS"];
const INVOCATIONS = 2_000;
/** How many runs one test judges. */
const BATCH = 5;
const hostileRuns = more === undefined ? propertyRuns(50) : Number(more);
const partitionRuns = more === undefined ? propertyRuns(25) : Number(more);
/** CI always uses the same seeds. LONGRUN_PROPERTY_RUNS sets the number of runs. The first seed is then random, and the title shows it. */
const firstSeed = more === undefined ? 1 : Math.floor(Math.random() * 1e9);

/** Everything that the judgement left unknown, and the findings that a correct function must not have. */
const doubts = ({ findings }: FunctionResult): string[] =>
  findings
    .filter(
      ({ kind, status }) =>
        status === "unknown" || (status === "found" && kind !== "exposure" && kind !== "harm"),
    )
    .map(({ text }) => text);

/** Counts the invocations that ended during an attempt: the link saw the attempt, and the function wrote no line about it. */
function cutOff({ evidence }: HostileRun): number {
  const [one] = evidence.functions;
  const attempts = new Set((one?.linkLog ?? []).map(({ connection }) => connection)).size;
  const lines = (one?.records ?? []).filter(({ message }) => message.includes('"event":"connect"')).length;
  return attempts - lines;
}

describe("long local runs, in which platform events coincide", () => {
  for (let from = 0; from < hostileRuns; from += BATCH) {
    const runs = Math.min(BATCH, hostileRuns - from);
    const seed = firstSeed + from;
    it(`hostile: ${runs * INVOCATIONS} invocations of a correct handler pass (seeds from ${seed})`, () => {
      let cut = 0;
      for (let index = 0; index < runs; index += 1) {
        const run = hostileRun({ seed: seed + index, invocations: INVOCATIONS, platform: "hostile" });
        const result = judge(run.evidence);
        expect({
          seed: seed + index,
          verdict: result.verdict,
          doubts: doubts(result),
          crashes: result.invocationList.filter(({ cause }) => cause === "crash").length,
          answersLost: result.invocations.answersLost ?? 0,
          harmed: run.harmed.size,
        }).to.deep.equal({
          seed: seed + index,
          verdict: "pass",
          doubts: [],
          crashes: run.ended.get("crashed"),
          answersLost: run.answersLost,
          harmed: 0,
        });
        cut += cutOff(run);
      }
      expect(cut).to.be.above(10 * runs);
    });
  }

  for (let from = 0; from < partitionRuns; from += BATCH) {
    const runs = Math.min(BATCH, partitionRuns - from);
    const seed = firstSeed + from;
    it(`partition: in ${runs * INVOCATIONS} invocations all real harm is found, and nothing else (seeds from ${seed})`, () => {
      for (let index = 0; index < runs; index += 1) {
        const run = hostileRun({ seed: seed + index, invocations: INVOCATIONS, platform: "partition" });
        const result = judge(run.evidence);
        const reported = new Set(
          result.invocationList.filter(({ harmed }) => harmed).map(({ requestId }) => requestId ?? ""),
        );
        expect({
          seed: seed + index,
          verdict: result.verdict,
          doubts: doubts(result),
          wronglyReported: [...reported].filter((id) => !run.harmed.has(id) && !run.disputable.has(id)),
          unreported: [...run.harmed].filter((id) => !reported.has(id)),
        }).to.deep.equal({
          seed: seed + index,
          verdict: reported.size > 0 ? "fail" : "pass",
          doubts: [],
          wronglyReported: [],
          unreported: [],
        });
      }
    });
  }

  it("have the same evidence for the same seed", () => {
    const options = { seed: 3, invocations: 50, platform: "partition" } as const;
    expect(hostileRun(options)).to.deep.equal(hostileRun(options));
  });
});
