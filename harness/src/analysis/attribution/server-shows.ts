/**
 * What the log of a real server shows of an attempt that was turned away. Such a server may have any number of places, so a client that only
 * waited in vain was not turned away by a limit, unless the log has a refusal or the user said how many places there are.
 */
import { itemsWithin } from "../../domain/first-index.ts";
import type { Attempt, ObservedInvocation, ObservedPeerConnection } from "../timeline/environment.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

type ServerView = EvidenceView<readonly ["around-trouble"]>;

/** Whether a limit turned the attempt away, as far as the log of a real server must show it. */
export function showsTurnedAway(history: ServerView, attempt: Attempt): boolean {
  const { peer, settings } = history;
  if (peer?.ofServer !== true || attempt.peer?.refusedAt != null || attempt.link?.outcome === "refused")
    return true;
  if (attempt.outcome === "timed-out") return settings.capacity.given;
  const refused = itemsWithin(
    peer.connections,
    ({ firstAt }) => firstAt,
    around(history, attempt.time, attempt.time),
  ).filter((one) => one.refusedAt !== null && isNameless(one));
  return refused.length > 0 && refused.every(({ limit }) => limit !== "none");
}

/** Whether the server served a client without a name about the time of the invocation. It can be the same environment. */
export function namelessServed(history: ServerView, { start, end }: ObservedInvocation): boolean {
  const { peer } = history;
  if (peer?.ofServer !== true || start === null) return false;
  const accepted = itemsWithin(
    peer.accepted,
    ({ acceptedAt }) => acceptedAt ?? 0,
    around(history, start, end ?? start),
  );
  return accepted.some(isNameless);
}

function around({ orderToleranceMs }: ServerView, from: number, to: number): { from: number; to: number } {
  return { from: from - orderToleranceMs, to: to + orderToleranceMs };
}

function isNameless({ hello, attempt }: ObservedPeerConnection): boolean {
  return hello === null && attempt === null;
}
