/** Notes the end of an invocation from any combination of END, REPORT, runtimeDone and older messages of the platform. */
import { durationMs, type EpochMs } from "../../base/time.ts";
import type { ResetKind } from "../../words/platform-words.ts";
import type { PlatformEvent } from "../../logs/platform-event.ts";
import type { ObservedInvocation } from "./environment.ts";

export type InvocationEndEvent = Extract<
  PlatformEvent,
  { event: "runtime-done" | "report" | "task-timed-out" | "runtime-exited" | "failure-reported" }
>;

export function noteInvocationEnd(
  invocation: ObservedInvocation,
  event: InvocationEndEvent,
  time: EpochMs,
): void {
  switch (event.event) {
    case "task-timed-out":
      invocation.status = "timeout";
      invocation.reset = "timeout";
      return;
    case "runtime-exited":
      invocation.status = worse(invocation.status, "error");
      invocation.reset =
        invocation.memoryFull && event.detail.includes("signal: killed")
          ? "out-of-memory"
          : (invocation.reset ?? "crash");
      invocation.errorType = invocation.errorType ?? "Runtime.ExitError";
      return;
    case "failure-reported":
      break;
    case "runtime-done":
      endAt(invocation, time, "runtime-done");
      break;
    case "report":
      invocation.reportAt = invocation.reportAt ?? time;
      invocation.durationMs = invocation.durationMs ?? durationMs(event.durationMs);
      invocation.memoryFull =
        event.memorySizeMb !== null &&
        event.maxMemoryUsedMb !== null &&
        event.maxMemoryUsedMb >= event.memorySizeMb;
      endAt(invocation, time, "report");
      break;
  }
  invocation.status = worse(invocation.status, event.status);
  invocation.errorType = invocation.errorType ?? event.errorType;
  invocation.reset = resetKind(invocation, event) ?? invocation.reset;
}

function endAt(invocation: ObservedInvocation, time: EpochMs, endedBy: "runtime-done" | "report"): void {
  // The environment is frozen when the runtime is done. The report can come later, so the time of the report counts only if no runtimeDone
  // and no END shows the end.
  if (invocation.end !== null && invocation.endedBy === "runtime-done") return;
  if (invocation.end !== null && endedBy === "report" && invocation.endedBy === "report") return;
  invocation.end = time;
  invocation.endedBy = endedBy;
}

function worse(
  a: ObservedInvocation["status"],
  b: ObservedInvocation["status"],
): ObservedInvocation["status"] {
  if (a === null || a === "success") return b ?? a;
  return a;
}

/** A time-out, an exit or a failure of the platform resets the environment. An error of the handler does not: its status is `success`. */
function resetKind(invocation: ObservedInvocation, event: InvocationEndEvent): ResetKind | null {
  const status = invocation.status;
  if (status === null || status === "success") return null;
  const errorType = invocation.errorType ?? "";
  if (status === "timeout" || errorType === "Sandbox.Timedout") return "timeout";
  if (/OutOfMemory/i.test(errorType)) return "out-of-memory";
  if (event.event === "report" && invocation.memoryFull) return "out-of-memory";
  // A response that is too large fails the invocation but does not end the process (docs/aws/invoke-api.md#function-errors).
  if (errorType.startsWith("Function.ResponseSize")) return null;
  return "crash";
}

/** Returns the request id of the invocation whose end the event shows, or null. */
export function endedRequest(event: PlatformEvent): string | null {
  switch (event.event) {
    case "runtime-done":
    case "report":
    case "task-timed-out":
    case "runtime-exited":
      return event.requestId;
    default:
      return null;
  }
}
