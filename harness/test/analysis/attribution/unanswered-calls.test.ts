/** Tests what the judgement can decide about calls to which the driver got no answer, and what stays unknown. */
import { expect } from "chai";
import { unansweredCalls } from "../../../src/analysis/attribution/unanswered-calls.ts";
import type { DriverInvocation } from "../../../src/analysis/timeline/driver-timeline.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { InvocationOutcome } from "../../../src/record/invocation.ts";
import { drive, exposed, handlerConnect, waitOneSecond } from "../analyze/designs.ts";
import { judge } from "../analyze/judge.ts";
import type { StoryOptions } from "../analyze/story-options.ts";
import { TestRun, type TestCall, type TestEnvironment } from "../analyze/story.ts";
import { partial } from "../partial.ts";
import { withCounts } from "./metered-log.ts";

const RESET: InvocationOutcome = { outcome: "unknown", errorMessage: "read ECONNRESET" };
const NOT_SENT: InvocationOutcome = {
  outcome: "invocation-error",
  errorType: "ECONNREFUSED",
  errorMessage: "connect ECONNREFUSED",
  status: null,
};

/**
 * In text format, the line that Node writes for a failed invocation differs from the line of an error that the function itself logs. In
 * JSON format the two lines can be the same.
 */
const TEXT: StoryOptions = { format: "text" };

/** Makes a run with an exposure. In the middle of the run, some calls get no answer. */
function run(
  story: (run: TestRun, environment: TestEnvironment) => void,
  options: StoryOptions = {},
): Evidence {
  const one = new TestRun({ target: "aws", ...options });
  const environment = exposed(one);
  one.wait(60_000);
  story(one, environment);
  one.wait(60_000);
  drive(one, environment, handlerConnect, 2);
  return one.end();
}

/** Returns the parts of the result that matter for such a run. */
function summaryOf(evidence: Evidence) {
  const { verdict, reasons, invocations, invocationList, harm } = judge(evidence);
  return {
    verdict: [verdict, ...reasons].join(" "),
    lost: invocations.answersLost ?? 0,
    unknown: invocations.unknown,
    harm: harm.total,
    odd: invocationList
      .filter(({ outcome, answerLost }) => outcome !== "succeeded" || answerLost === true)
      .map(({ outcome, cause, answerLost, environment }) => ({
        outcome,
        cause,
        answerLost: answerLost ?? false,
        seen: environment !== null,
      })),
  };
}

const serves = (call: TestCall): void => handlerConnect.invoke(call);

describe("a call without an answer", () => {
  it("counts as succeeded if the only invocation that it can have started succeeded", () => {
    expect(summaryOf(run((one, environment) => one.unanswered(RESET, environment, serves)))).to.deep.equal({
      verdict: "pass",
      lost: 1,
      unknown: 0,
      harm: 0,
      odd: [{ outcome: "succeeded", cause: null, answerLost: true, seen: true }],
    });
  });

  it("counts as harmed if the only invocation that it can have started was harmed", () => {
    const evidence = run((one, environment) => {
      const holder = one.environment();
      holder.init(() => void holder.connect());
      one.unanswered(RESET, environment, serves);
      holder.retire("fin");
    }, TEXT);
    expect(summaryOf(evidence)).to.deep.equal({
      verdict: "fail harm",
      lost: 1,
      unknown: 0,
      harm: 1,
      odd: [{ outcome: "function-error", cause: "harm", answerLost: true, seen: true }],
    });
  });

  it("counts as an unexplained failure if the only invocation that it can have started failed without a known cause", () => {
    const evidence = run(
      (one, environment) => one.unanswered(RESET, environment, (call) => call.throws("TypeError")),
      TEXT,
    );
    expect(summaryOf(evidence)).to.deep.equal({
      verdict: "inconclusive unexplained-failure",
      lost: 1,
      unknown: 0,
      harm: 0,
      odd: [{ outcome: "function-error", cause: null, answerLost: true, seen: true }],
    });
  });

  it("takes the outcome of the invocation whose request id arrived before the answer broke off", () => {
    const evidence = run((one, environment) => one.unanswered(RESET, environment, serves, { named: true }));
    expect(summaryOf(evidence)).to.deep.include({ verdict: "pass", lost: 1, unknown: 0 });
  });

  it("takes the outcome of its invocation if the soak was killed before the answer", () => {
    expect(summaryOf(run((one, environment) => one.killed(environment, serves)))).to.deep.include({
      verdict: "pass",
      lost: 1,
      unknown: 0,
    });
    const failed = run(
      (one, environment) => one.killed(environment, (call) => call.throws("TypeError")),
      TEXT,
    );
    expect(summaryOf(failed)).to.deep.include({ verdict: "inconclusive unexplained-failure", lost: 1 });
  });

  it("stays unknown after a killed soak if no log shows an invocation that the call can have started", () => {
    expect(summaryOf(run((one) => one.killed(null)))).to.deep.include({
      verdict: "inconclusive unexplained-failure",
      lost: 0,
      unknown: 1,
    });
  });

  const UNKNOWN = { outcome: "unknown", cause: null, answerLost: false, seen: false };

  it("stays unknown if --success decides by the answer", () => {
    const evidence = run((one, environment) => one.unanswered(RESET, environment, serves), { success: "ok" });
    expect(summaryOf(evidence)).to.deep.equal({
      verdict: "inconclusive unexplained-failure",
      lost: 0,
      unknown: 1,
      harm: 0,
      odd: [UNKNOWN],
    });
  });

  it("stays unknown if every invocation belongs to another call", () => {
    expect(summaryOf(run((one) => one.unanswered(RESET)))).to.deep.equal({
      verdict: "inconclusive unexplained-failure",
      lost: 0,
      unknown: 1,
      harm: 0,
      odd: [UNKNOWN],
    });
  });

  it("is counted with the reason that there was no answer", () => {
    const { invocations } = judge(run((one) => one.unanswered(RESET)));
    expect([invocations.unknown, invocations.unknownReasons]).to.deep.equal([1, { "no-answer": 1 }]);
  });

  it("never arrived if CloudWatch's metrics count as many invocations as the logs show", () => {
    const evidence = run((one) => one.unanswered(RESET));
    expect(summaryOf(withCounts(evidence))).to.deep.equal({
      verdict: "pass",
      lost: 0,
      unknown: 1,
      harm: 0,
      odd: [{ ...UNKNOWN, cause: "never-arrived" }],
    });
    // CloudWatch counted one more invocation. The call may have started it, and the logs may have lost it.
    expect(summaryOf(withCounts(evidence, { invocations: 1 }))).to.deep.include({
      verdict: "inconclusive unexplained-failure accounting",
      odd: [UNKNOWN],
    });
  });

  it("stays unknown if it can have started either of two invocations", () => {
    const evidence = run((one, environment) => {
      one.unanswered(RESET, environment, serves);
      one.foreign(environment, serves);
    });
    expect(summaryOf(evidence)).to.deep.equal({
      verdict: "inconclusive unexplained-failure",
      lost: 0,
      unknown: 1,
      harm: 0,
      odd: [UNKNOWN],
    });
  });

  it("stays unknown if the logs show another caller of the function, even at another time", () => {
    const evidence = run((one, environment) => {
      one.foreign(environment, serves);
      one.wait(60_000);
      one.unanswered(RESET, environment, serves);
    });
    expect(summaryOf(evidence)).to.deep.include({ lost: 0, unknown: 1 });
  });

  it("stays unknown if the invocation began before the call or long after it", () => {
    for (const before of [true, false]) {
      const evidence = run((one, environment) => {
        if (before) one.foreign(environment, serves);
        one.wait(30_000);
        one.unanswered(RESET);
        one.wait(30_000);
        if (!before) one.foreign(environment, serves);
      });
      expect(summaryOf(evidence)).to.deep.include({ lost: 0, unknown: 1 });
    }
  });

  it("stays unknown if the end of the invocation is missing", () => {
    const evidence = run((one, environment) =>
      one.unanswered(RESET, environment, (call) => call.environmentEnds("silence")),
    );
    expect(summaryOf(evidence)).to.deep.include({ lost: 0, unknown: 1 });
  });

  it("takes its invocation's outcome if it is one of two calls in a row that can be paired with two invocations in only one way", () => {
    const evidence = run((one, environment) => {
      one.unanswered(RESET, environment, serves);
      waitOneSecond(one);
      waitOneSecond(one);
      one.unanswered(RESET, environment, serves);
    });
    expect(summaryOf(evidence)).to.deep.include({ verdict: "pass", lost: 2, unknown: 0 });
  });

  it("stays unknown if it is one of two calls in a row, and both can have started only the same invocation", () => {
    const evidence = run((one, environment) => {
      one.unanswered(RESET);
      waitOneSecond(one);
      one.unanswered(RESET, environment, serves);
    });
    expect(summaryOf(evidence)).to.deep.include({ lost: 0, unknown: 2 });
  });

  it("does not take the invocation of a call that was answered", () => {
    const evidence = run((one, environment) => {
      one.unanswered(RESET);
      waitOneSecond(one);
      drive(one, environment, handlerConnect, 1);
    });
    expect(summaryOf(evidence)).to.deep.include({ lost: 0, unknown: 1 });
  });
});

describe("a call that failed before its request was sent", () => {
  const UNSENT = { outcome: "invocation-error", answerLost: false, seen: false };

  it("has the cause never-arrived", () => {
    expect(summaryOf(run((one) => one.unanswered(NOT_SENT)))).to.deep.equal({
      verdict: "pass",
      lost: 0,
      unknown: 0,
      harm: 0,
      odd: [{ ...UNSENT, cause: "never-arrived" }],
    });
  });

  it("is unexplained if the log has, at the time of the call, an invocation that belongs to no other call", () => {
    const evidence = run((one, environment) => one.unanswered(NOT_SENT, environment, serves));
    expect(summaryOf(evidence).odd).to.deep.equal([{ ...UNSENT, cause: null }]);
  });

  it("has the cause never-arrived in a run with the local engine too", () => {
    expect(summaryOf(run((one) => one.unanswered(NOT_SENT), { target: "local" })).odd).to.deep.equal([
      { ...UNSENT, cause: "never-arrived" },
    ]);
  });
});

describe("unansweredCalls", () => {
  it("pairs a call that another invocation had left no choice", () => {
    const call = (sentAt: number, endedAt: number) =>
      partial<DriverInvocation>({ sentAt, endedAt, requestId: null, outcome: RESET });
    const started = (requestId: string, start: number) => ({
      requestId,
      start,
      end: start + 5,
      endedBy: "report",
    });
    // The long call can have begun both invocations, and the short one only the first.
    const [long, short] = [call(0, 60_000), call(10, 20)];
    const [first, second] = [started("first", 15), started("second", 50_000)];
    const { answerLost } = unansweredCalls(
      partial({
        ...{ local: true, successDeclared: false, driverByRequest: new Map(), metrics: null },
        ...{ invocations: [first, second], driver: { invocations: [long, short], timeoutMs: 1_000 } },
      }),
    );
    expect([answerLost.get(short), answerLost.get(long)]).to.deep.equal([first, second]);
  });
});
