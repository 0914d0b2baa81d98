/**
 * Tells when an accepted connection occupied the peer, and how the connection ended. The peer's log decides, else the link log, else the
 * function's lines.
 */
import type { DurationMs, EpochMs } from "../../base/time.ts";
import { onAxis } from "../../base/clocks.ts";
import type { Ending } from "../../record/plan.ts";
import type { Attempt, LinkConnection, ObservedBoot } from "./environment.ts";

export function holdFrom(attempt: Attempt): EpochMs {
  const { peer, clock, link, time } = attempt;
  return onAxis(peer?.acceptedAt) ?? (clock === "link" && link !== null ? (placeFrom(link) ?? time) : time);
}

/** The earliest time at which the connection can have had its place. Null if it never reached the peer. */
export function placeFrom({ queued, answeredAt, connectedAt }: LinkConnection): EpochMs | null {
  return queued ? answeredAt : connectedAt;
}

/**
 * Whether the connection certainly had its place at this time. If the link saw no answer of the server, the connection counts from
 * `holdFrom` on, because the server may be waiting for a request.
 */
export function isServedBy(hold: Attempt, time: EpochMs): boolean {
  return (hold.clock === "link" ? (hold.link?.answeredAt ?? holdFrom(hold)) : holdFrom(hold)) <= time;
}

/** False if TLS or unknown protocols hide how the server accepted its clients. */
export function showsLogins(holds: readonly Attempt[]): boolean {
  return holds.some(({ link }) => link !== null && link.acceptedAt !== null);
}

/** Some limits count a client only after its login. Use this only if `showsLogins` is true. */
export function isLoggedIn({ link }: Attempt, time: EpochMs): boolean {
  return link === null || (link.acceptedAt ?? Infinity) <= time;
}

/** Null if no source shows an end. */
export function holdTo(attempt: Attempt): EpochMs | null {
  const peer = onAxis(attempt.peer?.endedAt);
  if (peer !== null) return peer;
  const link = attempt.link?.closedAt ?? null;
  if (link !== null) return link;
  return attempt.disconnect?.time ?? null;
}

/**
 * When the connection was open, for people. If the clocks of peer and function are too far apart to order their lines, the function's own
 * lines decide.
 */
export function shownSpan(
  hold: Attempt,
  orderToleranceMs: DurationMs,
): { readonly from: EpochMs; readonly to: EpochMs | null } {
  const own = hold.ownLine && !Number.isFinite(orderToleranceMs);
  return own
    ? { from: hold.time, to: hold.disconnect?.time ?? null }
    : { from: holdFrom(hold), to: holdTo(hold) };
}

/** Null if this is unknown. */
export function holdEnding(attempt: Attempt): Ending | null {
  if (attempt.link !== null && attempt.link.silencedAt !== null) return "silence";
  if (attempt.link !== null && attempt.link.ending !== null) return attempt.link.ending;
  const ending = attempt.peer?.ending ?? null;
  if (ending === "reset") return "rst";
  if (ending === "closed" || ending === "evicted" || ending === "idle-timeout") return "fin";
  if (attempt.disconnect === null) return null;
  return attempt.disconnect.outcome === "reset" ? "rst" : "fin";
}

/**
 * Whether the peer ended the connection for another client. If the peer's log shows the end, it decides, because to the function the end of
 * the peer's process can look the same.
 */
export function wasEvicted(attempt: Attempt): boolean {
  const ending = attempt.peer?.ending ?? null;
  if (ending !== null && ending !== "displaced") return ending === "evicted";
  return attempt.link?.evicted === true || attempt.disconnect?.outcome === "evicted";
}

/** When the peer ended the connection for another client. Null if it did not, or if the time is unknown. */
export function evictionTime(attempt: Attempt): EpochMs | null {
  if (!wasEvicted(attempt)) return null;
  const byLink = attempt.link?.evicted === true ? attempt.link.closedAt : null;
  return onAxis(attempt.peer?.endedAt) ?? byLink ?? attempt.disconnect?.time ?? null;
}

/**
 * The lines of a process are counted one by one (docs/contracts.md#the-lifecycle-line), so each missing number is a missing line. Lines that
 * were written before the evidence begins do not count as missing.
 */
export function hasMissingLines({ environment, number, sequences }: ObservedBoot): boolean {
  if (sequences === null) return false;
  const { first, last, distinct } = sequences;
  // A process that was restored from a snapshot continues the count of the process that made the snapshot.
  const fromOne = (environment.init !== null && !environment.restored) || number > 1;
  const from = fromOne ? Math.min(first, 1) : first;
  return last - from + 1 > distinct;
}
