/** Compares the counts of CloudWatch's metrics with the log: when they decide outcomes, when they contradict the log, and when they prove nothing. */
import { expect } from "chai";
import fc from "fast-check";
import type { MetricReading } from "../../../src/record/function-metrics.ts";
import type { LogRecord } from "../../../src/record/log-record.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { propertyCases } from "../../support/test-all.ts";
import { judge, said } from "../analyze/judge.ts";
import { BEGIN, iso, meteredEvidence, MINUTE, readingOf, recordsOf, type Metered } from "./metered-log.ts";

const HOUR = 60 * MINUTE;
const ASKED = { from: iso(BEGIN), to: iso(BEGIN + HOUR), readAt: iso(BEGIN + 2 * HOUR) };

/** Makes one invocation each minute, half a minute after the beginning of the minute. */
const steady = (count: number, changes: Partial<Metered> = {}): readonly Metered[] =>
  Array.from({ length: count }, (_, n) => ({
    environment: 0,
    start: BEGIN + (n + 10) * MINUTE + 30_000,
    durationMs: 50,
    fails: "no",
    jitterMs: 0,
    ...changes,
  }));

function compared(invocations: readonly Metered[], ...readings: readonly MetricReading[]): FunctionResult {
  return judge(meteredEvidence(recordsOf(invocations), readings));
}

const twice = (reading: MetricReading): readonly MetricReading[] => [reading, { ...reading }];
const outcomes = ({ invocations: { succeeded, functionErrors, unknown } }: FunctionResult) => ({
  succeeded,
  functionErrors,
  unknown,
});

describe("the counts of CloudWatch's metrics", () => {
  it("decide the outcomes that the log leaves open, for the time in which they agree with the log", () => {
    const all = steady(5).map((one, n): Metered => (n === 2 ? { ...one, fails: "shown" } : one));
    const alone = judge({
      ...meteredEvidence(recordsOf(all), []),
      functions: [
        {
          name: "own",
          functionArn: null,
          records: recordsOf(all),
          peerLog: null,
          linkLog: null,
          unreadable: [],
        },
      ],
    });
    expect([outcomes(alone), alone.metrics, said(alone, "metrics-agree")]).to.deep.equal([
      { succeeded: 0, functionErrors: 1, unknown: 4 },
      undefined,
      [],
    ]);
    const result = compared(all, ...twice(readingOf(all, ASKED)));
    expect([outcomes(result), result.metrics]).to.deep.equal([
      { succeeded: 4, functionErrors: 1, unknown: 0 },
      {
        from: ASKED.from,
        to: ASKED.to,
        invocations: { logged: 5, counted: 5 },
        errors: { logged: 1, counted: 1 },
        agree: true,
        settled: 4,
        why: null,
      },
    ]);
    expect(said(result, "outcomes-known")).to.deep.equal([]);
  });

  it("leave all outcomes open if they have one error more than the log", () => {
    const all = steady(5).map((one, n): Metered => (n === 2 ? { ...one, fails: "hidden" } : one));
    const result = compared(all, ...twice(readingOf(all, ASKED)));
    expect([outcomes(result), result.metrics?.agree, said(result, "metrics-agree")]).to.deep.equal([
      { succeeded: 0, functionErrors: 0, unknown: 5 },
      false,
      [
        {
          status: "found",
          code: "metrics-differ",
          parameters: {
            from: ASKED.from,
            to: ASKED.to,
            invocationsCounted: 5,
            errorsCounted: 1,
            invocationsLogged: 5,
            errorsLogged: 0,
            unknownLogged: 5,
          },
        },
      ],
    ]);
    expect(result.reasons).to.include("accounting");
  });

  it("show that the log has lost an invocation if they count one invocation more than the log", () => {
    const all = steady(5);
    const result = compared(all.slice(0, 4), ...twice(readingOf(all, ASKED)));
    expect([result.metrics?.agree, result.metrics?.invocations]).to.deep.equal([
      false,
      { logged: 4, counted: 5 },
    ]);
  });

  const all = steady(5);
  const reading = readingOf(all, ASKED);
  for (const { title, readings, invocations = all, why } of [
    { title: "no data point", readings: twice({ ...reading, points: [] }), why: "no-data-points" },
    { title: "no reading", readings: [], why: "no-data-points" },
    { title: "one reading", readings: [reading], why: "read-once" },
    {
      title: "two readings that differ",
      readings: [readingOf(all.slice(1), ASKED), reading],
      why: "readings-differ",
    },
    {
      title: "a reading that was taken less than five minutes after the end of the first invocation",
      readings: twice({ ...reading, readAt: iso(BEGIN + 15 * MINUTE + 29_999) }).map((one) => ({
        ...one,
        from: iso(BEGIN + 10 * MINUTE),
      })),
      why: "no-span",
    },
    {
      title: "an invocation near the edge of every minute",
      invocations: steady(70, { jitterMs: 0 }).map((one, n) => ({
        ...one,
        start: BEGIN + n * MINUTE - 5_000,
      })),
      readings: twice(reading),
      why: "no-span",
    },
  ] as const)
    it(`prove nothing with ${title}`, () => {
      const result = compared(invocations, ...readings);
      expect([result.metrics?.why, result.metrics?.agree, result.metrics?.settled]).to.deep.equal([
        why,
        null,
        0,
      ]);
      expect(said(result, "metrics-agree")).to.deep.equal([
        { status: "clear", code: "metrics-not-compared", parameters: { why } },
      ]);
    });

  it("prove nothing if each count covers 5 minutes, with or without an error", () => {
    for (const errors of [0, 1]) {
      const sums = [5, 5].map((invocations, n) => ({
        time: iso(BEGIN + (10 + 5 * n) * MINUTE),
        invocations,
        errors: n === 0 ? errors : 0,
      }));
      const { metrics } = compared(steady(10), {
        functionName: "own",
        readAt: null,
        from: null,
        to: null,
        points: sums,
      });
      expect([metrics?.why, metrics?.agree, metrics?.settled]).to.deep.equal(["period-longer", null, 0]);
    }
  });

  it("prove nothing if the log group has another function too", () => {
    const records = recordsOf(all).map((record, index): LogRecord => {
      const logStreamName = `2026/11/25/${index < 8 ? "own" : "other"}[$LATEST][${"0".repeat(32)}]`;
      return { ...record, logGroup: "/shared", logStreamName };
    });
    const result = judge(meteredEvidence(records, twice(reading)));
    expect(result.metrics?.why).to.equal("group-shared");
  });

  it("from a file are compared for the time that both the file and the log cover", () => {
    const file = { readAt: null, from: null, to: null };
    const early = readingOf(all.slice(2), file);
    const result = compared(all, early);
    expect([result.metrics, outcomes(result)]).to.deep.equal([
      {
        from: iso(BEGIN + 12 * MINUTE),
        to: iso(BEGIN + 15 * MINUTE),
        invocations: { logged: 3, counted: 3 },
        errors: { logged: 0, counted: 0 },
        agree: true,
        settled: 3,
        why: null,
      },
      { succeeded: 3, functionErrors: 0, unknown: 2 },
    ]);
    const later = compared(all.slice(0, 3), readingOf(all, file));
    expect([later.metrics?.to, later.metrics?.agree]).to.deep.equal([iso(BEGIN + 13 * MINUTE), true]);
    const twiceRead = compared(all, readingOf(all, file), readingOf(all, file));
    expect(twiceRead.metrics?.settled).to.equal(5);
  });

  it("agree with the log about an invocation that counts as failed only because its answer fails --success", () => {
    // Only a run has a driver that sees the answer.
    const records = recordsOf(steady(1));
    const requestId = /RequestId: (\S+)/.exec(records[1]?.message ?? "")?.[1] ?? "";
    const evidence = meteredEvidence(records, twice(readingOf(steady(1), ASKED)));
    const at = (sequence: number) => ({ sequence, time: iso(BEGIN), monotonicMs: sequence });
    const result = judge({
      ...evidence,
      journal: [
        { ...at(1), event: "invocation-sent", function: "own", n: 1, dueAt: iso(BEGIN), lateMs: 0 },
        {
          ...at(2),
          event: "invocation-ended",
          function: "own",
          n: 1,
          requestId,
          executedVersion: "$LATEST",
          durationMs: 60,
          latencyMs: 60,
          outcome: "function-error",
          errorType: "Longrun.SuccessExpression",
          errorMessage: "the answer fails --success",
        },
      ],
    });
    expect([result.metrics?.agree, result.metrics?.errors]).to.deep.equal([true, { logged: 0, counted: 0 }]);
  });

  const metered: fc.Arbitrary<readonly Metered[]> = fc
    .array(
      fc.record({
        gapMs: fc.integer({ min: 1_000, max: 150_000 }),
        environment: fc.nat({ max: 2 }),
        durationMs: fc.integer({ min: 1, max: 900 }),
        fails: fc.constantFrom("no", "no", "no", "no", "no", "shown", "hidden" as const),
        jitterMs: fc.integer({ min: -4_999, max: 4_999 }),
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map((drawn) => {
      let start = BEGIN;
      return drawn.map(({ gapMs, ...one }) => ({ ...one, start: (start += gapMs) }));
    });
  const range = fc.record({
    fromMs: fc.integer({ min: 0, max: 20 * MINUTE }),
    lengthMs: fc.integer({ min: MINUTE, max: HOUR }),
    readMs: fc.integer({ min: 0, max: HOUR }),
  });
  const runs = { ...propertyCases(300), seed: 20261126 };

  it("never turn a hidden failure into a success and never contradict a correct log, wherever the minutes end", () => {
    fc.assert(
      fc.property(metered, range, (invocations, { fromMs, lengthMs, readMs }) => {
        const [from, readAt] = [BEGIN + fromMs, BEGIN + fromMs + readMs];
        const asked = { from: iso(from), to: iso(from + lengthMs), readAt: iso(readAt) };
        const result = compared(invocations, ...twice(readingOf(invocations, asked)));
        const { metrics } = result;
        if (metrics == null || metrics.from === null || metrics.to === null) {
          expect(outcomes(result).succeeded).to.equal(0);
          return;
        }
        const [spanFrom, spanTo] = [Date.parse(metrics.from), Date.parse(metrics.to)];
        const inside = invocations.filter(({ start }) => start >= spanFrom && start < spanTo);
        const count = (fails: Metered["fails"]): number => inside.filter((one) => one.fails === fails).length;
        for (const { start } of invocations)
          for (const edge of [spanFrom, spanTo]) expect(Math.abs(start - edge)).to.be.above(5_000);
        for (const { start, durationMs } of inside)
          expect(start + durationMs).to.be.at.most(readAt - 5 * MINUTE);
        expect([metrics.invocations, metrics.errors, metrics.agree, metrics.settled]).to.deep.equal([
          { logged: inside.length, counted: inside.length },
          { logged: count("shown"), counted: count("shown") + count("hidden") },
          count("hidden") === 0,
          count("hidden") === 0 ? count("no") : 0,
        ]);
        expect(outcomes(result).succeeded).to.equal(metrics.settled);
      }),
      runs,
    );
  });
});
