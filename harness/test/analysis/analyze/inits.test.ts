/** How the result counts Init phases with and without a waiting caller, and processes that were reset. */
import { expect } from "chai";
import { phasesInWords } from "../../../src/report/view/phases-in-words.ts";
import { drive, handlerConnect, ready } from "./designs.ts";
import { judge } from "./judge.ts";
import { TestRun } from "./story.ts";

function afterInit(ms: number): ReturnType<typeof judge> {
  const run = new TestRun();
  const environment = ready(run);
  run.wait(ms);
  drive(run, environment, handlerConnect, 2);
  return judge(run.end());
}

describe("an Init phase", () => {
  for (const [ms, waitedFor] of [
    [0, true],
    [400, null],
    [12_500, false],
  ] as const) {
    it(`${waitedFor === null ? "may or may not have a" : waitedFor ? "has a" : "has no"} waiting caller if a START followed ${ms} ms later`, () => {
      const { environments, inits } = afterInit(ms);
      expect(environments.at(0)?.initWaitedFor).to.equal(waitedFor);
      expect(environments.at(0)?.initGapMs).to.be.within(ms, ms + 50);
      expect([inits.waitedFor, inits.ahead, inits.unknown]).to.deep.equal(
        [true, false, null].map((answer) => (answer === waitedFor ? 1 : 0)),
      );
    });
  }

  it("is reported in sentences, together with Inits without an invocation", () => {
    const run = new TestRun();
    ready(run);
    drive(run, ready(run), handlerConnect, 1);
    const last = ready(run);
    run.wait(5_000);
    drive(run, last, handlerConnect, 1);
    expect(phasesInWords(judge(run.end()))).to.deep.equal([
      "3 Init phases: 1 while a caller waited, 1 while no caller waited (5 s before it was needed), 1 without any invocation (INIT without INVOKE).",
    ]);
  });

  it("that was repeated is reported, with how the earlier process ended", () => {
    const none = { count: 0, min: null, p50: null, p90: null, p99: null, max: null };
    const inits = {
      total: 0,
      failed: 0,
      waitedFor: 0,
      ahead: 0,
      withoutInvoke: 0,
      unknown: 0,
      aheadMs: none,
    };
    const exposure = { total: 0, initWithoutInvoke: 0, replaced: 0, reset: 3, reinitialised: 1 };
    expect(
      phasesInWords({ inits, exposure, resets: { timeouts: 2, crashes: 0, outOfMemory: 1 } }),
    ).to.deep.equal([
      "3 processes reset: 2 by time-out, 1 for lack of memory. 1 Init ran again inside an invocation.",
    ]);
  });
});
