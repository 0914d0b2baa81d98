/** An attempt that its own process ended: not turned away where a whole log shows that the peer's place was free, else judged like any other. */
import { expect } from "chai";
import type { Evidence } from "../../../src/domain/evidence.ts";
import { connects, drive, exposed, handlerConnect, ready } from "../analyze/designs.ts";
import { causes, judge, verdictOf } from "../analyze/judge.ts";
import { TestRun, type TestCall, type TestEnvironment } from "../analyze/story.ts";

/** It reaches the link and the peer, and its process ends before it has said who it is. */
function dies(run: TestRun, environment: TestEnvironment, how: (call: TestCall) => void): void {
  run.invoke(environment, (call) => {
    const link = run.linkOpened(environment);
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

/** Without one connection in the middle of the log. */
function withHole(evidence: Evidence, source: "peerLog" | "linkLog"): Evidence {
  return {
    ...evidence,
    functions: evidence.functions.map((one) => ({
      ...one,
      [source]: one[source]?.filter(({ connection }) => connection !== 2) ?? null,
    })),
  };
}

describe("an attempt that its own process ended", () => {
  it("was not turned away where the place was free throughout", () => {
    const result = judge(story(crashes));
    expect([result.verdict, result.reasons, causes(result)]).to.deep.equal(["pass", [], ["crash"]]);
  });

  it("was not turned away either where its environment ended with it", () => {
    const evidence = story((call) => call.environmentEnds("rst"));
    expect([judge(evidence).harm.total, causes(judge(evidence))]).to.deep.equal([0, ["environment-ended"]]);
    expect(judge(evidence).findings.find(({ check }) => check === "peer-reachable")?.status).to.equal(
      "clear",
    );
  });

  for (const [title, evidence, verdict] of [
    ["the peer's log has a hole: the links show it", withHole(story(crashes), "peerLog"), "pass"],
    ["the link log has a hole: the peer's log shows it", withHole(story(crashes), "linkLog"), "pass"],
    [
      "both have holes: it is unknown",
      withHole(withHole(story(crashes), "peerLog"), "linkLog"),
      "inconclusive evidence-missing",
    ],
    ["the place was held: it is judged like any other", story(crashes, true), "fail harm"],
    [
      "it was a time-out: it is judged like any other",
      story((call) => call.reset("timeout")),
      "inconclusive evidence-missing",
    ],
  ] as const) {
    it(title, () => {
      expect(verdictOf(evidence)).to.equal(verdict);
    });
  }
});
