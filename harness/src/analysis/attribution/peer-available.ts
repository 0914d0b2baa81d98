/** Decides whether the peer was down, or held by a stranger, at some time during an invocation. */
import type { ObservedInvocation, ObservedPeerConnection } from "../timeline/environment.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";
import { IDENTITY_NEEDS, identifyClient } from "./identify-client.ts";

export const AVAILABILITY_NEEDS = [...IDENTITY_NEEDS] as const;
type AvailabilityView = EvidenceView<typeof AVAILABILITY_NEEDS>;

export function peerUnavailable(history: AvailabilityView, invocation: ObservedInvocation): boolean {
  return peerWasDown(history, invocation) || heldByStranger(history, invocation);
}

/** Whether an attempt found that nothing listened, or the peer's log shows that the peer may have been down during the invocation. */
export function peerWasDown(history: AvailabilityView, invocation: ObservedInvocation): boolean {
  if (invocation.attempts.some((attempt) => attempt.outcome === "failed")) return true;
  if (history.peer === null || invocation.start === null) return false;
  const { start } = invocation;
  const end = invocation.end ?? start;
  return history.peer.down.some(
    (span) => span.to >= start && span.from <= end && !servedWithin(invocation, span),
  );
}

/** Whether the invocation lies within the span and was served. If so, the peer was up at that time. */
function servedWithin(
  invocation: ObservedInvocation,
  span: { readonly from: number; readonly to: number },
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

/** Whether the peer's log has a `ready` line between START and end of the invocation. If so, the peer restarted while the invocation ran. */
export function peerRestartedDuring(history: AvailabilityView, invocation: ObservedInvocation): boolean {
  const { start, end } = invocation;
  if (history.peer === null || start === null || end === null) return false;
  return history.peer.readyAt.some((ready) => ready >= start && ready <= end);
}

function heldByStranger(history: AvailabilityView, invocation: ObservedInvocation): boolean {
  return strangersDuring(history, invocation) > 0;
}

/** How many connections of strangers the peer served at some time during the invocation. */
export function strangersDuring(history: AvailabilityView, { start, end }: ObservedInvocation): number {
  if (start === null) return 0;
  return strangersServed(history).filter(
    (connection) =>
      (connection.acceptedAt ?? 0) <= (end ?? start) && (connection.endedAt ?? Infinity) >= start,
  ).length;
}

/** The answers are stored, because the same answer is needed for all invocations of a function. */
const served = new WeakMap<AvailabilityView, readonly ObservedPeerConnection[]>();

/** Returns the connections of strangers (clients that are not environments of the function) that the peer served. Usually there are none. */
function strangersServed(history: AvailabilityView): readonly ObservedPeerConnection[] {
  let strangers = served.get(history);
  if (strangers === undefined) {
    strangers = (history.peer?.accepted ?? []).filter(
      (connection) => identifyClient(history, connection).who === "stranger",
    );
    served.set(history, strangers);
  }
  return strangers;
}
