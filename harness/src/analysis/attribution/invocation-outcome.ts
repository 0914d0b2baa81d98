/**
 * Decides the outcome of an invocation (docs/checks.md#outcomes). The platform reports a success even if the handler threw. So a missing
 * error line shows a success only if it is certain that a failure would have left an error line in the log.
 */
import type { EpochMs } from "../../base/time.ts";
import type { ObservedInvocation, OutcomeDoubt } from "../timeline/environment.ts";
import { metricsAgree } from "../correlate/metrics-comparison.ts";
import { failuresShown, type NotShown } from "./failures-shown.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export type OutcomeUnknown = OutcomeDoubt | NotShown | "end-missing" | "report-missing";

export type InvocationEndKnown =
  | { readonly outcome: "succeeded" | "failed" }
  | { readonly outcome: "unknown"; readonly why: OutcomeUnknown };

const SUCCEEDED: InvocationEndKnown = { outcome: "succeeded" };
const FAILED: InvocationEndKnown = { outcome: "failed" };

export function outcomeOf(history: FunctionHistory, invocation: ObservedInvocation): InvocationEndKnown {
  const driver = history.driver === null ? undefined : history.driverByRequest.get(invocation.requestId);
  if (driver?.outcome != null && driver.outcome.outcome !== "unknown")
    return driver.outcome.outcome === "succeeded" ? SUCCEEDED : FAILED;
  return outcomeByLog(history, invocation);
}

/**
 * Uses the log. An outcome that the log leaves unknown is a success if CloudWatch's metrics count as many invocations and errors as the
 * log, over a span that contains this invocation (`metricsAgree`).
 */
export function outcomeByLog(history: FunctionHistory, invocation: ObservedInvocation): InvocationEndKnown {
  const known = outcomeByLines(history, invocation);
  const { start } = invocation;
  const settled =
    known.outcome === "unknown" && start !== null && metricsAgree(history.metrics, start, start);
  return settled ? SUCCEEDED : known;
}

function outcomeByLines(history: FunctionHistory, invocation: ObservedInvocation): InvocationEndKnown {
  const { start, end, endedBy, status, handlerError, initFailed, doubt } = invocation;
  if (handlerError !== null || initFailed !== null || (status !== null && status !== "success"))
    return FAILED;
  if (end === null || endedBy === "next-start") return { outcome: "unknown", why: "end-missing" };
  // In a text log, END says that the invocation ended, and only REPORT says how.
  if (status === null) return { outcome: "unknown", why: "report-missing" };
  if (start !== null && wasStartedAgain(history, invocation, start))
    return { outcome: "unknown", why: "started-again" };
  if (doubt !== null) return { outcome: "unknown", why: doubt };
  const hidden = failuresShown(history, invocation.environment);
  return hidden === null ? SUCCEEDED : { outcome: "unknown", why: hidden };
}

/** The request id is read only if some request was started again, because making its text is slow. */
function wasStartedAgain(
  { startedAgain }: FunctionHistory,
  invocation: ObservedInvocation,
  start: EpochMs,
): boolean {
  return startedAgain.size > 0 && start < (startedAgain.get(invocation.requestId) ?? start);
}

export function succeeded(history: FunctionHistory, invocation: ObservedInvocation): boolean {
  return outcomeOf(history, invocation).outcome === "succeeded";
}
