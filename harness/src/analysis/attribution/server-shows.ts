/**
 * Decides what the log of a real server shows about an attempt that was turned away. The number of the server's places is often unknown. So a
 * missing answer points to a limit only if the log has a refusal, or if the user gave the number of places.
 */
import { onAxis, widened, type Span } from "../../base/clocks.ts";
import { itemsWithin } from "../../base/first-index.ts";
import type { Attempt, ObservedInvocation, ObservedPeerConnection } from "../timeline/environment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/** Whether a limit turned the attempt away. Always true if no real server wrote the peer log. */
export function showsTurnedAway(history: FunctionHistory, attempt: Attempt): boolean {
  const { peer, settings } = history;
  if (peer?.ofServer !== true || attempt.peer?.refusedAt != null || attempt.link?.outcome === "refused")
    return true;
  if (attempt.outcome === "timed-out") return settings.capacity.given;
  const refused = namelessRefused(history, { from: attempt.time, to: attempt.time });
  return refused.length > 0 && refused.every(({ limit }) => limit !== "none");
}

/**
 * Whether the server refused the attempt for a reason that counts no places. A client that is refused before its login has no name in the
 * log. So all refusals without a name at about this time must have a reason that counts no places.
 */
export function showsDenied(history: FunctionHistory, { outcome, peer, link, time }: Attempt): boolean {
  if (peer !== null) return peer.limit === "none";
  if (outcome !== "refused" || link !== null || !Number.isFinite(history.orderToleranceMs)) return false;
  const refused = namelessRefused(history, { from: time, to: time });
  return refused.length > 0 && refused.every(({ limit }) => limit === "none");
}

/** Returns the clients without a name that the server refused at about this time. */
export function namelessRefused(history: FunctionHistory, span: Span): readonly ObservedPeerConnection[] {
  const { peer } = history;
  if (peer?.ofServer !== true) return [];
  return itemsWithin(
    peer.connections,
    ({ firstAt }) => onAxis(firstAt),
    widened(span, history.orderToleranceMs),
  ).filter((one) => one.refusedAt !== null && isNameless(one));
}

/**
 * Whether the server served a client without a name about the time of the invocation. This client may be the environment of the invocation.
 */
export function namelessServed(history: FunctionHistory, { start, end }: ObservedInvocation): boolean {
  const { peer } = history;
  if (peer?.ofServer !== true || start === null) return false;
  const accepted = itemsWithin(
    peer.accepted,
    ({ acceptedAt }) => onAxis(acceptedAt) ?? 0,
    widened({ from: start, to: end ?? start }, history.orderToleranceMs),
  );
  return accepted.some(isNameless);
}

function isNameless({ hello, attempt }: ObservedPeerConnection): boolean {
  return hello === null && attempt === null;
}
