/**
 * Long local runs of a right handler, whose truth is known: however the platform's events fall, nothing of them is unknown, and only true harm is
 * told. 100,000 invocations under `hostile` take about 20 s alone on a core, a fifth of them (`make test`) 4 s; `partition` takes half of that.
 */
import { expect } from "chai";
import type { FunctionResult } from "../../../src/domain/run-result.ts";
import { propertyRuns } from "../../support/test-all.ts";
import { hostileRun, type HostileRun } from "./hostile/hostile-run.ts";
import { judge } from "./judge.ts";

const more = process.env["LONGRUN_PROPERTY_RUNS"];
const INVOCATIONS = 2_000;
/** So many runs for one title. */
const BATCH = 5;
const hostileRuns = more === undefined ? propertyRuns(50) : Number(more);
const partitionRuns = more === undefined ? propertyRuns(25) : Number(more);
/** The same runs every time in CI; LONGRUN_PROPERTY_RUNS looks further, from a seed that the title shows. */
const firstSeed = more === undefined ? 1 : Math.floor(Math.random() * 1e9);

/** All that is unknown, and what was found of a function without a flaw. */
const doubts = ({ findings }: FunctionResult): string[] =>
  findings
    .filter(
      ({ kind, status }) =>
        status === "unknown" || (status === "found" && kind !== "exposure" && kind !== "harm"),
    )
    .map(({ text }) => text);

/** Invocations that ended in the middle of an attempt: the link saw it, and the function wrote no line about it. */
function cutOff({ evidence }: HostileRun): number {
  const [one] = evidence.functions;
  const attempts = new Set((one?.linkLog ?? []).map(({ connection }) => connection)).size;
  const lines = (one?.records ?? []).filter(({ message }) => message.includes('"event":"connect"')).length;
  return attempts - lines;
}

describe("coincidences in long local runs", () => {
  for (let from = 0; from < hostileRuns; from += BATCH) {
    const runs = Math.min(BATCH, hostileRuns - from);
    const seed = firstSeed + from;
    it(`hostile: ${runs * INVOCATIONS} invocations of a right handler pass (seeds from ${seed})`, () => {
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
    it(`partition: of ${runs * INVOCATIONS} invocations only true harm is told, and all of it (seeds from ${seed})`, () => {
      for (let index = 0; index < runs; index += 1) {
        const run = hostileRun({ seed: seed + index, invocations: INVOCATIONS, platform: "partition" });
        const result = judge(run.evidence);
        const told = new Set(
          result.invocationList.filter(({ harmed }) => harmed).map(({ requestId }) => requestId ?? ""),
        );
        expect({
          seed: seed + index,
          verdict: result.verdict,
          doubts: doubts(result),
          untrue: [...told].filter((id) => !run.harmed.has(id) && !run.disputable.has(id)),
          untold: [...run.harmed].filter((id) => !told.has(id)),
        }).to.deep.equal({
          seed: seed + index,
          verdict: told.size > 0 ? "fail" : "pass",
          doubts: [],
          untrue: [],
          untold: [],
        });
      }
    });
  }

  it("the same seed gives the same run", () => {
    const options = { seed: 3, invocations: 50, platform: "partition" } as const;
    expect(hostileRun(options)).to.deep.equal(hostileRun(options));
  });
});
