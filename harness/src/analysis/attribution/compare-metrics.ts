/**
 * Compares CloudWatch's own counts of a function's invocations and errors with the function's log (docs/checks.md#the-second-witness). If
 * the counts are equal, every outcome that the log does not show was a success.
 */
import type { Span } from "../../base/clocks.ts";
import type { MetricEvidence, MetricReading } from "../../record/function-metrics.ts";
import { SUCCESS_EXPRESSION_ERROR } from "../../record/invocation.ts";
import { nameInLabel } from "../../words/function-label.ts";
import { functionOfStream } from "../../logs/stream-name.ts";
import { parseIsoTime, type EpochMs } from "../../base/time.ts";
import type { MetricsComparison, MetricSums } from "../correlate/metrics-comparison.ts";
import type { ObservedEnvironment, ObservedInvocation } from "../timeline/environment.ts";
import { outcomeByLog, type InvocationEndKnown } from "./invocation-outcome.ts";
import { periodIsLonger } from "./metrics-period.ts";
import { metricsSpan, type StartAndEnd } from "./metrics-span.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function compareMetrics(history: FunctionHistory, metrics: MetricEvidence): MetricsComparison {
  const [first, last = first] = metrics.readings.slice(-2);
  if (first === undefined || last === undefined) return { compared: false, why: "no-data-points" };
  if (history.environments.some((one) => isOfAnother(one, last.functionName)))
    return { compared: false, why: "group-shared" };
  // A single reading from a file is accepted. But if CloudWatch itself was asked only once, its answer may not be final yet.
  if (metrics.readings.length === 1 && last.readAt !== null) return { compared: false, why: "read-once" };
  if (![first, last].some(({ points }) => points.length > 0))
    return { compared: false, why: "no-data-points" };
  if ([first, last].some(({ points }) => periodIsLonger(points, () => allStarts(history))))
    return { compared: false, why: "period-longer" };
  const span = metricsSpan(allInvocations(history), [first, last], metrics);
  if (span === null) return { compared: false, why: "no-span" };
  const [before, counted] = [sumsOf(first, span), sumsOf(last, span)];
  if (before === null || counted === null) return { compared: false, why: "no-data-points" };
  if (!sameSums(before, counted)) return { compared: false, why: "readings-differ" };
  const logged = loggedIn(history, span);
  return { compared: true, ...span, logged, counted, agree: sameSums(logged, counted) };
}

/** In a log group of several functions, the name of each stream contains the name of its function. */
function isOfAnother({ id, functionName }: ObservedEnvironment, name: string): boolean {
  return (functionName ?? functionOfStream(id) ?? nameInLabel(name)) !== nameInLabel(name);
}

function sameSums(one: MetricSums, other: MetricSums): boolean {
  return one.invocations === other.invocations && one.errors === other.errors;
}

/** CloudWatch may leave out a zero, so a missing point of Errors counts as 0 if Invocations has a point for that minute. */
function sumsOf({ points }: MetricReading, span: Span): MetricSums | null {
  const inside = points.filter(
    ({ time, invocations }) => invocations !== null && isIn(span, parseIsoTime(time)),
  );
  if (inside.length === 0) return null;
  return {
    invocations: inside.reduce((sum, { invocations }) => sum + (invocations ?? 0), 0),
    errors: inside.reduce((sum, { errors }) => sum + (errors ?? 0), 0),
  };
}

function isIn({ from, to }: Span, time: EpochMs | null): boolean {
  return time !== null && time >= from && time < to;
}

function* allInvocations({ invocations }: FunctionHistory): Generator<StartAndEnd> {
  for (const { start, end, reportAt } of invocations)
    if (start !== null) yield { start, end: reportAt ?? end };
}

function* allStarts(history: FunctionHistory): Generator<EpochMs> {
  for (const { start } of allInvocations(history)) yield start;
}

function loggedIn(
  history: FunctionHistory,
  span: Span,
): Extract<MetricsComparison, { compared: true }>["logged"] {
  const logged = { invocations: 0, errors: 0, unknown: 0 };
  for (const invocation of history.invocations) {
    if (!isIn(span, invocation.start)) continue;
    const { outcome } = outcomeForLambda(history, invocation);
    logged.invocations += 1;
    if (outcome === "failed") logged.errors += 1;
    if (outcome === "unknown") logged.unknown += 1;
  }
  return logged;
}

/** For Lambda, an answer that does not satisfy `--success` is not an error. */
function outcomeForLambda(history: FunctionHistory, invocation: ObservedInvocation): InvocationEndKnown {
  const outcome = history.driverByRequest.get(invocation.requestId)?.outcome ?? null;
  if (outcome?.outcome === "succeeded") return { outcome: "succeeded" };
  if (outcome?.outcome === "function-error")
    return { outcome: outcome.errorType === SUCCESS_EXPRESSION_ERROR ? "succeeded" : "failed" };
  return outcomeByLog(history, invocation);
}
