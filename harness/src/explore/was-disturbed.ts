/** Finds out whether load on this machine caused a time-out. A disturbed play proves nothing and is repeated. Pure. */
import type { LogRecord } from "../record/log-record.ts";
import type { PeerLogRecord } from "../record/peer-log.ts";
import { decodeMessage } from "../logs/stream-event.ts";
import type { PlayedStep } from "./play-step.ts";

export function wasDisturbed(
  steps: readonly PlayedStep[],
  records: readonly LogRecord[],
  peerLog: readonly PeerLogRecord[],
): boolean {
  const timedOut = records.filter(({ message }) => isConnectTimeout(message)).length;
  // Under `backlog` a queued client times out, as with a real device. Such a time-out is no sign of load.
  const queued = peerLog.filter(({ event }) => event === "queued").length;
  return timedOut > queued || steps.some((_, index) => timedOutWithoutReason(steps, index));
}

/**
 * Whether the line shows an attempt to connect that timed out. An attempt that waited for a lease does not count: it timed out because of
 * the lease's holder.
 */
function isConnectTimeout(message: string): boolean {
  const said = decodeMessage(message);
  return (
    said.kind === "lifecycle" && said.line.outcome === "timed-out" && said.line.leaseHolder === undefined
  );
}

function timedOutWithoutReason(steps: readonly PlayedStep[], index: number): boolean {
  const step = steps[index];
  if (
    step?.step.step !== "invoke" ||
    step.outcome?.outcome !== "function-error" ||
    step.outcome.errorType !== "Sandbox.Timedout"
  )
    return false;
  // Only the first request after `peer-slow` gets the slow reply. So the schedule explains the time-out of an invocation only if there is
  // a `peer-slow` before it and no request in between.
  const before = steps.slice(0, index);
  const slow = before.findLastIndex(({ step: earlier }) => earlier.step === "peer-slow");
  return slow === -1 || before.slice(slow + 1).some(({ asked }) => asked);
}
