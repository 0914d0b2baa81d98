/** Whether the peer was down, or a stranger held it, at some time during an invocation. */
import type { Invocation, PeerConnection } from "../timeline/environment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";
import { identifyClient } from "./identify-client.ts";

export function peerUnavailable(history: FunctionHistory, invocation: Invocation): boolean {
  return peerWasDown(history, invocation) || heldByStranger(history, invocation);
}

/** An attempt found nobody listening, or the peer was (re)started around this time. */
export function peerWasDown(history: FunctionHistory, invocation: Invocation): boolean {
  if (invocation.attempts.some((attempt) => attempt.outcome === "failed")) return true;
  if (history.peer === null || invocation.start === null) return false;
  const { start } = invocation;
  const end = invocation.end ?? start;
  return history.peer.down.some(
    (span) => span.to >= start && span.from <= end && !servedWithin(invocation, span),
  );
}

/** What was served within the span shows that the peer was up for it. */
function servedWithin(invocation: Invocation, span: { readonly from: number; readonly to: number }): boolean {
  const { start, end } = invocation;
  return (
    start !== null &&
    end !== null &&
    end < span.to &&
    start >= span.from &&
    invocation.attempts.some((attempt) => attempt.outcome === "accepted")
  );
}

/** A `ready` line inside the invocation: the peer died and came back while it ran. */
export function peerRestartedDuring(history: FunctionHistory, invocation: Invocation): boolean {
  const { start, end } = invocation;
  if (history.peer === null || start === null || end === null) return false;
  return history.peer.readyAt.some((ready) => ready >= start && ready <= end);
}

function heldByStranger(history: FunctionHistory, invocation: Invocation): boolean {
  if (invocation.start === null) return false;
  const start = invocation.start;
  const end = invocation.end ?? start;
  return strangersServed(history).some(
    (connection) => (connection.acceptedAt ?? 0) <= end && (connection.endedAt ?? Infinity) >= start,
  );
}

/** Asked for each invocation, and the same for all of a function. */
const served = new WeakMap<FunctionHistory, readonly PeerConnection[]>();

/** Connections of strangers that the peer served; usually none. */
function strangersServed(history: FunctionHistory): readonly PeerConnection[] {
  let strangers = served.get(history);
  if (strangers === undefined) {
    strangers = (history.peer?.accepted ?? []).filter(
      (connection) => identifyClient(history, connection).who === "stranger",
    );
    served.set(history, strangers);
  }
  return strangers;
}
