/** Decides whether the peer was down, or held by a stranger, at some time during an invocation. */
import type { EpochMs } from "../../base/time.ts";
import { onAxis, spanOnAxis } from "../../base/clocks.ts";
import type { ObservedInvocation, ObservedPeerConnection } from "../timeline/environment.ts";
import { identifyClient } from "./identify-client.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function peerUnavailable(history: FunctionHistory, invocation: ObservedInvocation): boolean {
  return peerWasDown(history, invocation) || heldByStranger(history, invocation);
}

/** Whether an attempt found that nothing listened, or the peer's log shows that the peer may have been down. */
export function peerWasDown(history: FunctionHistory, invocation: ObservedInvocation): boolean {
  if (invocation.attempts.some((attempt) => attempt.outcome === "failed")) return true;
  if (history.peer === null || invocation.start === null) return false;
  const { start } = invocation;
  const end = invocation.end ?? start;
  return history.peer.down
    .map(spanOnAxis)
    .some((span) => span.to >= start && span.from <= end && !servedWithin(invocation, span));
}

/** Whether the peer served an invocation that lies within `span`, in which the peer may have been down. If so, the peer was up. */
function servedWithin(
  invocation: ObservedInvocation,
  span: { readonly from: EpochMs; readonly to: EpochMs },
): boolean {
  const { start, end } = invocation;
  return (
    start !== null &&
    end !== null &&
    end < span.to &&
    start >= span.from &&
    invocation.attempts.some((attempt) => attempt.outcome === "accepted")
  );
}

/** A `ready` line between START and end shows that the peer restarted. */
export function peerRestartedDuring(history: FunctionHistory, invocation: ObservedInvocation): boolean {
  const { start, end } = invocation;
  if (history.peer === null || start === null || end === null) return false;
  return history.peer.readyAt.some((ready) => onAxis(ready) >= start && onAxis(ready) <= end);
}

function heldByStranger(history: FunctionHistory, invocation: ObservedInvocation): boolean {
  return strangersDuring(history, invocation) > 0;
}

/** How many connections of strangers the peer served at some time during the invocation. */
export function strangersDuring(history: FunctionHistory, { start, end }: ObservedInvocation): number {
  if (start === null) return 0;
  return strangersServed(history).filter(
    (connection) =>
      (onAxis(connection.acceptedAt) ?? 0) <= (end ?? start) &&
      (onAxis(connection.endedAt) ?? Infinity) >= start,
  ).length;
}

const served = new WeakMap<FunctionHistory, readonly ObservedPeerConnection[]>();

/** Strangers are clients that are not environments of the function. */
function strangersServed(history: FunctionHistory): readonly ObservedPeerConnection[] {
  let strangers = served.get(history);
  if (strangers === undefined) {
    strangers = (history.peer?.accepted ?? []).filter(
      (connection) => identifyClient(history, connection).who === "stranger",
    );
    served.set(history, strangers);
  }
  return strangers;
}
