/**
 * A connection attempt that ended because its own process crashed or exited. If a complete log shows that the peer was free all the time, the
 * attempt does not count as turned away. Otherwise it is judged like every other attempt.
 */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import { connects, drive, exposed, handlerConnect, ready } from "../analyze/designs.ts";
import { causes, judge, verdictOf } from "../analyze/judge.ts";
import { TestRun, type TestCall, type TestEnvironment } from "../analyze/story.ts";

/** The attempt reaches the peer, but the process ends before it has sent its hello. */
function dies(run: TestRun, environment: TestEnvironment, how: (call: TestCall) => void): void {
  run.invoke(environment, (call) => {
    const link = run.newLink(environment);
    run.linkLine("opened", link);
    run.wait(1);
    run.linkLine("connected", link, { upstreamLocal: "127.0.0.1:65000" });
    run.wait(1);
    how(call);
    run.linkLine("closed", link, { by: "function", ending: "fin", upstreamLocal: "127.0.0.1:65000" });
  });
}

const crashes = (call: TestCall): void => call.reset("crash");

function story(how: (call: TestCall) => void, held = false): Evidence {
  const run = new TestRun();
  const environment = exposed(run);
  const holder = held ? ready(run, connects) : null;
  dies(run, environment, how);
  run.wait(1_000);
  holder?.retire("fin");
  run.wait(1_000);
  drive(run, ready(run), handlerConnect, 2);
  return run.end();
}

/** Removes the lines of one connection in the middle of the log. */
function withHole(evidence: Evidence, source: "peerLog" | "linkLog"): Evidence {
  return {
    ...evidence,
    functions: evidence.functions.map((one) => ({
      ...one,
      [source]: one[source]?.filter(({ connection }) => connection !== 2) ?? null,
    })),
  };
}

describe("an attempt that ended because its own process ended", () => {
  it("does not count as turned away if the peer was free all the time", () => {
    const result = judge(story(crashes));
    expect([result.verdict, result.reasons, causes(result)]).to.deep.equal(["pass", [], ["crash"]]);
  });

  it("does not count as turned away if its environment ended at the same time", () => {
    const evidence = story((call) => call.environmentEnds("rst"));
    expect([judge(evidence).harm.total, causes(judge(evidence))]).to.deep.equal([0, ["environment-ended"]]);
    expect(judge(evidence).findings.find(({ check }) => check === "peer-reachable")?.status).to.equal(
      "clear",
    );
  });

  for (const [title, evidence, verdict] of [
    [
      "does not count as turned away if only the peer's log has a hole",
      withHole(story(crashes), "peerLog"),
      "pass",
    ],
    [
      "does not count as turned away if only the link log has a hole",
      withHole(story(crashes), "linkLog"),
      "pass",
    ],
    [
      "is unknown if both logs have holes",
      withHole(withHole(story(crashes), "peerLog"), "linkLog"),
      "inconclusive evidence-missing",
    ],
    [
      "is judged like every other attempt if another environment held the peer",
      story(crashes, true),
      "fail harm",
    ],
    [
      "is judged like every other attempt if it ended with a function time-out",
      story((call) => call.reset("timeout")),
      "inconclusive evidence-missing",
    ],
  ] as const) {
    it(title, () => {
      expect(verdictOf(evidence)).to.equal(verdict);
    });
  }

  for (const [held, verdict] of [
    [1, "inconclusive discipline"],
    [2, "fail harm"],
  ] as const)
    it(`${held === 1 ? "does not count as turned away" : "is judged like every other attempt"} if ${held} of the peer's 2 places ${held === 1 ? "was" : "were"} held, and only the peer's log is whole`, () => {
      const run = new TestRun({ capacity: 2 });
      const environment = exposed(run);
      const holders = Array.from({ length: held }, () => ready(run, connects));
      dies(run, environment, crashes);
      run.wait(1_000);
      for (const holder of holders) holder.retire("fin");
      run.wait(1_000);
      drive(run, ready(run), handlerConnect, 2);
      expect(verdictOf(withHole(run.end(), "linkLog"), { capacity: { places: 2, given: true } })).to.equal(
        verdict,
      );
    });
});
