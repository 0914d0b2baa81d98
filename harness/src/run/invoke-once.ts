import { SUCCESS_EXPRESSION_ERROR, type InvocationOutcome } from "../record/invocation.ts";
import type { InvocationAnswer } from "./ports/function-driver.ts";
import { epochMs, isoTime, type EpochMs } from "../base/time.ts";
import type { Instant } from "./pacing.ts";
import { unloadableError } from "../catalogue/runtimes/unloadable.ts";
import type { Soak, SoakFunction } from "./soak-state.ts";

export async function invokeOnce(
  soak: Soak,
  one: SoakFunction,
  instant: Instant,
  dueAt: EpochMs,
): Promise<void> {
  const { input, ports, recorder, service } = soak;
  const { label } = one.input;
  const { functionName, tenantId } = (await soak.nextOf?.(one)) ?? {
    functionName: one.input.functionName,
    tenantId: undefined,
  };
  const tenant = tenantId === undefined ? {} : { tenantId };
  const sent = ports.clock.monotonic();
  const lateMs = rounded(Math.max(0, sent - instant.due));
  recorder.record({
    event: "invocation-sent",
    function: label,
    n: instant.n,
    dueAt: isoTime(epochMs(Math.round(dueAt))),
    lateMs,
    ...tenant,
  });
  const request = { payload: input.payload, functionTimeoutMs: one.facts.timeoutMs, ...tenant };
  const answer = await service.driver.invoke(functionName, request, ports.stop.abort);
  if (answer.signedOut !== undefined) {
    recorder.record({
      event: "invocation-skipped",
      function: label,
      n: instant.n,
      dueAt: isoTime(epochMs(Math.round(dueAt))),
      reason: "signed-out",
    });
    const { outcome } = answer;
    if (answer.signedOut === "refused") soak.signIn.refused();
    else soak.signIn.withoutCredentials("errorMessage" in outcome ? (outcome.errorMessage ?? "") : "");
    return;
  }
  if (leavesALog(answer.outcome)) soak.signIn.accepted();
  const ended = ports.clock.monotonic();
  const outcome = await judged(answer, input.success);
  if (answer.requestId !== null && leavesALog(answer.outcome)) one.settlement.expect(answer.requestId);
  recorder.record({
    event: "invocation-ended",
    function: label,
    n: instant.n,
    requestId: answer.requestId,
    executedVersion: answer.executedVersion,
    durationMs: rounded(ended - sent),
    latencyMs: rounded(ended - instant.due),
    ...outcome,
  });
  one.failures.ended(outcome);
  refuseUnloadable(soak, one, instant.n, outcome);
}

/** The outcome is a function error if `--success` says that the answer is no success. */
async function judged(
  answer: InvocationAnswer,
  success: Soak["input"]["success"],
): Promise<InvocationOutcome> {
  if (answer.outcome.outcome !== "succeeded" || success === null) return answer.outcome;
  const why = await success(answer.payload);
  return why === null
    ? answer.outcome
    : { outcome: "function-error", errorType: SUCCESS_EXPRESSION_ERROR, errorMessage: why };
}

/** A throttled request leaves no log line, and a request that broke off may never get its REPORT. */
function leavesALog(outcome: InvocationOutcome): boolean {
  return outcome.outcome === "succeeded" || outcome.outcome === "function-error";
}

const rounded = (milliseconds: number): number => Math.round(milliseconds * 1_000) / 1_000;

/** Refuses a run if the first answer shows that the user's handler cannot be loaded. */
function refuseUnloadable(soak: Soak, one: SoakFunction, n: number, outcome: InvocationOutcome): void {
  const { deployment, label } = one.input;
  if (n !== 1 || deployment === null) return;
  const { handler, runtime } = deployment;
  const error = unloadableError(outcome, { label, handler, runtime });
  if (error === null) return;
  soak.refused ??= error;
  soak.ports.stop.requestDrain("handler-not-loadable");
}
