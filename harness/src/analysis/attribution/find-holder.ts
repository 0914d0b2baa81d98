/**
 * Finds out who held the peer when an attempt was turned away (docs/checks.md#harm). A peer log with hellos decides, else the link log,
 * else the function's own lines. If none of these sources decides, the answer is `unknown`, never `nobody`.
 */
import { durationMs, type DurationMs, type EpochMs } from "../../base/time.ts";
import { NEVER, after, earlierBy, onAxis } from "../../base/clocks.ts";
import { firstIndex } from "../../base/first-index.ts";
import type {
  Attempt,
  LinkConnection,
  ObservedBoot,
  ObservedPeerConnection,
} from "../timeline/environment.ts";
import { asHolder, unknown, type Holder } from "./holder.ts";
import { findLeaseHolder } from "./find-lease-holder.ts";
import { holdFrom, isServedBy } from "../timeline/hold.ts";
import { PLACE_PASSES_MS } from "../timeline/late-answer.ts";
import { RELEASE_MS } from "../correlate/held-silently.ts";
import { knownOpenUntil, mayHaveClosed } from "./known-open.ts";
import { lastAcceptedHolds } from "./only-client.ts";
import { gaveUp, shownUntil, turnedAwayLine, type PeerTimeline } from "../timeline/peer-timeline.ts";
import { namelessNear, identifyClient } from "./identify-client.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function findHolder(history: FunctionHistory, attempt: Attempt): Holder {
  if (attempt.leaseHolder != null) return findLeaseHolder(history, attempt, attempt.leaseHolder);
  const served = history.peer === null ? null : peerHolder(history, history.peer, attempt);
  const byPeer = served === "own-unnamed" ? null : served;
  if (byPeer !== null && byPeer.holder !== "unknown") return byPeer;
  const byLink = history.links !== null ? linkHolder(history, attempt) : null;
  // The peer's log covers the attempt but leaves the holder unknown. Then the holder that the link log names counts only if its connection
  // is not in the peer's log. If it is there, the peer's log does not confirm that the peer served it. So the holder stays unknown.
  if (byPeer !== null) return byLink?.holder === "environment" && byLink.hold.peer === null ? byLink : byPeer;
  if (byLink !== null) return byLink;
  return ownLineHolder(history, attempt, served === "own-unnamed");
}

/**
 * Null if the log does not cover the attempt, or if the peer served nobody then. `own-unnamed` if the peer served a connection of the
 * function, but no hello names the environment.
 */
function peerHolder(
  history: FunctionHistory,
  peer: PeerTimeline,
  attempt: Attempt,
): Holder | "own-unnamed" | null {
  const own = attempt.peer;
  const line = own === null ? null : own.refusedLine;
  if (line !== null) {
    const served = peer.servedAfter[line] ?? null;
    return served === null ? null : holderServed(history, served, attempt);
  }
  if (own !== null && gaveUp(own)) {
    const all = servedWhileQueued(peer, own);
    const last = all.at(-1);
    if (last === undefined) return null;
    if (all.length === 1 || (attempt.clock === "peer" && attempt.link === null))
      return holderServed(history, last, attempt);
  }
  const tolerance = history.orderToleranceMs;
  if (!Number.isFinite(tolerance)) return unknown("peer-clock-apart");
  // A connection that was open at the end of the log may have ended after that.
  if (peer.lastTime === null || attempt.time > onAxis(peer.lastTime) + tolerance) return null;
  const first = lineAt(peer.times, earlierBy(attempt.time, tolerance));
  const last = lineAt(peer.times, after(attempt.time, tolerance));
  const before = peer.servedAfter[first] ?? null;
  for (let index = first + 1; index <= last; index += 1) {
    if ((peer.servedAfter[index] ?? null) !== before) return unknown("holder-changed-near");
  }
  return before === null ? null : holderServed(history, before, attempt);
}

/**
 * Returns the connections that the peer served while a client waited in vain. The last line about this client does not show when the client
 * gave up. The peer may notice this only when the client's turn comes, after the holder has gone.
 */
function servedWhileQueued(
  { servedAfter }: PeerTimeline,
  { firstLine, endedLine }: ObservedPeerConnection,
): readonly ObservedPeerConnection[] {
  const served = servedAfter.slice(firstLine, endedLine ?? undefined).filter((one) => one !== null);
  return [...new Set(served)];
}

/** Returns the index of the last line that was written at this time or earlier, or -1. */
function lineAt(times: PeerTimeline["times"], time: EpochMs): number {
  return firstIndex(times.length, (index) => (onAxis(times[index]) ?? 0) > time) - 1;
}

function holderServed(
  history: FunctionHistory,
  served: ObservedPeerConnection,
  attempt: Attempt,
): Holder | "own-unnamed" {
  const who = identifyClient(history, served);
  switch (who.who) {
    case "attempt":
      if (isOver(history, who.attempt, attempt)) return unknown("ended-connection-served");
      if (mayBeAnother(history, served, attempt)) return unknown("other-client-possible");
      if (servedSince(history, who.attempt, attempt)) return unknown("served-since");
      return asHolder(who.attempt, attempt);
    case "stranger":
      if (mayBeAnother(history, served, attempt)) return unknown("other-client-possible");
      return { holder: "stranger", name: who.name };
    case "missing-stream":
      return unknown("stream-missing", { logStream: who.logStream });
    case "own-unnamed":
      return "own-unnamed";
    case "unknown":
      return { holder: "unknown", why: who.why };
  }
}

/**
 * Whether the function or the link shows that this connection ended before the attempt. If the clocks cannot be compared, an end at any
 * time counts. False if the peer's log has a line about the end, because then the peer's log decides. By that log, the peer served the
 * connection at the attempt, or while the client of the attempt waited.
 */
function isOver(history: FunctionHistory, hold: Attempt, attempt: Attempt): boolean {
  const ending = hold.peer?.ending ?? null;
  if (ending !== null && ending !== "displaced" && ending !== "ready") return false;
  const ends = [hold.disconnect?.time ?? null, hold.link?.closedAt ?? null].filter((time) => time !== null);
  const latest = Number.isFinite(history.orderToleranceMs)
    ? attempt.time - history.orderToleranceMs
    : Infinity;
  return ends.some((time) => time < latest);
}

/** Whether the peer may have served another connection that is missing in its log. */
function mayBeAnother(history: FunctionHistory, served: ObservedPeerConnection, attempt: Attempt): boolean {
  return history.peer?.acceptedMissing === true && !seenAfter(served, attempt, history.orderToleranceMs);
}

/** Whether a line of the peer's log after the attempt shows that this connection was still open. */
function seenAfter(served: ObservedPeerConnection, attempt: Attempt, toleranceMs: DurationMs): boolean {
  const line = attempt.peer === null ? null : turnedAwayLine(attempt.peer);
  const own = served.ending !== "ready" && served.ending !== "displaced";
  if (line !== null && own && served.endedLine !== null) return served.endedLine > line;
  const last = shownUntil(served);
  return line === null
    ? onAxis(last) > attempt.time + toleranceMs
    : last > (attempt.peer?.refusedAt ?? attempt.peer?.queuedAt ?? attempt.peer?.endedAt ?? NEVER);
}

/**
 * Whether the function logged another accepted connection between the holder's connection and the attempt. If the peer has one place, the
 * holder's connection had ended by then.
 */
function servedSince(history: FunctionHistory, hold: Attempt, attempt: Attempt): boolean {
  const tolerance = history.orderToleranceMs;
  if (!Number.isFinite(tolerance)) return false;
  const last = lastHold(
    history.ownHolds,
    (one) => one.time,
    earlierBy(attempt.time, tolerance),
    (one) => one.peer === null,
  );
  return last !== null && last !== hold && last.time > holdFrom(hold) + tolerance;
}

/**
 * Examines connections with a link: the one that was certainly served at the time of the attempt, else the last one that began before the
 * attempt. Null if there is no such connection, or if it had failed or had already ended. Links have the clock of the function.
 */
function linkHolder(history: FunctionHistory, attempt: Attempt): Holder | null {
  const { holds } = history;
  const others = (one: Attempt): boolean => one.link !== null && one !== attempt && one.link !== attempt.link;
  const served = (one: Attempt): boolean => others(one) && isServedBy(one, attempt.time);
  // While one client is certainly served, a client that came later waits in the queue.
  const certain = lastHold(holds, holdFrom, attempt.time, served);
  const open = certain !== null && !hadEnded(certain, attempt.time);
  const ahead = (one: Attempt): boolean => others(one) && !mayWaitBehind(one, attempt);
  const hold = open ? certain : lastHold(holds, holdFrom, attempt.time, ahead);
  if (hold?.link == null || hold.link.failedAt !== null || hadEnded(hold, attempt.time)) return null;
  if (wasAnsweredBeside(attempt, hold.link)) return unknown("answered-meanwhile");
  // When an environment ends, its link writes `closed` or `silenced`.
  const gone = hold.environment.end;
  if (gone !== null && gone < attempt.time && hold.link.closedAt === null && hold.link.silencedAt === null)
    return unknown("link-line-missing");
  // If the peer log lost lines, the end of this connection may be missing both in the peer log and in the link log.
  if (hold.peer === null && history.peer !== null && history.peer.missingLines > 0) {
    return unknown("peer-lines-missing");
  }
  return asHolder(hold, attempt);
}

/**
 * Whether this connection came after the attempt and was answered only after it. A peer takes its clients in the order in which they came, so
 * somebody else was served meanwhile.
 */
function mayWaitBehind({ clock, link }: Attempt, attempt: Attempt): boolean {
  const [came, before] = [link?.connectedAt ?? null, attempt.link?.connectedAt ?? null];
  if (clock !== "link" || came === null || before === null) return false;
  return came > before + RELEASE_MS && (link?.answeredAt ?? 0) > attempt.time;
}

/**
 * Whether the peer answered the waiting client, although too late, while the other connection was still open. If so, the peer had a place
 * for both connections.
 */
function wasAnsweredBeside({ link, time }: Attempt, { closedAt }: LinkConnection): boolean {
  const at = link?.answeredAt ?? null;
  return at !== null && at > time && (closedAt ?? Infinity) > at + PLACE_PASSES_MS;
}

/** The link's own line about the end may be missing, so any source counts. */
function hadEnded({ link, peer, disconnect }: Attempt, time: EpochMs): boolean {
  const ends = [link?.closedAt ?? null, onAxis(peer?.endedAt), disconnect?.time ?? null];
  return ends.some((end) => end !== null && end < time);
}

function lastHold(
  holds: readonly Attempt[],
  at: (hold: Attempt) => EpochMs,
  time: EpochMs,
  wanted: (hold: Attempt) => boolean,
): Attempt | null {
  const after = firstIndex(holds.length, (index) => at(holds[index] as Attempt) > time);
  for (let index = after - 1; index >= 0; index -= 1) {
    const hold = holds[index];
    if (hold !== undefined && wanted(hold)) return hold;
  }
  return null;
}

/**
 * The holder can only be the environment that was accepted last, and only if something shows that its connection was still open. If the
 * peer's log shows that the peer still served the function, the function's own lines are not the only witness.
 */
function ownLineHolder(history: FunctionHistory, attempt: Attempt, peerServesIt: boolean): Holder {
  if (attempt.outcome !== "refused" && attempt.outcome !== "timed-out") return unknown("not-busy");
  if (history.skew.some((bound) => bound.contradictory)) return unknown("environment-clocks-apart");
  const tolerance = history.local ? durationMs(0) : history.settings.clockToleranceMs;
  const last = lastHold(
    history.ownHolds,
    (hold) => hold.time,
    after(attempt.time, tolerance),
    (hold) => hold !== attempt && !isOfLaterBoot(hold, attempt),
  );
  if (last === null) return unknown("no-open-connection");
  if (
    last.time > attempt.time - tolerance &&
    last.time !== attempt.time &&
    tolerance > 0 &&
    last.environment !== attempt.environment
  ) {
    return unknown("other-connected-near");
  }
  if (history.peer !== null && last.peer === null && last.boot.accepted.some((one) => !one.ownLine)) {
    return unknown("last-ambiguous");
  }
  const released = releasedBefore(history, last, attempt.time, tolerance);
  if (released !== null) return released;
  if (othersAccepted(history, last, after(attempt.time, tolerance))) return unknown("other-client-since");
  const maybeGone = !peerServesIt && knownOpenUntil(history, last) < attempt.time + tolerance;
  if (maybeGone && (mayHaveClosed(history, last) || !lastAcceptedHolds(history))) {
    return unknown("last-maybe-gone", { environment: last.environment.id });
  }
  return asHolder(last, attempt, peerServesIt ? "other" : "own-lines");
}

/** Boots have numbers, so no clock is needed. */
function isOfLaterBoot(hold: Attempt, attempt: Attempt): boolean {
  return hold.environment === attempt.environment && hold.boot.number > attempt.boot.number;
}

/** Returns `nobody` if the connection had ended before the attempt, and `unknown` if it may have ended. Null if no line shows an end. */
function releasedBefore(
  history: FunctionHistory,
  hold: Attempt,
  time: EpochMs,
  tolerance: DurationMs,
): Holder | null {
  const ends = [
    hold.disconnect?.time,
    onAxis(hold.peer?.endedAt),
    hold.link?.closedAt,
    hold.boot.shutdown,
  ].filter((end) => typeof end === "number");
  const end = ends.length === 0 ? null : Math.min(...ends);
  if (end !== null && end < time - tolerance) return { holder: "nobody" };
  if (end !== null && end <= time + tolerance && tolerance > 0) return unknown("connection-ended-near");
  const { boot } = hold;
  if (boot.reset !== null || (boot.to !== null && boot.to <= time))
    return unknown(wasReplaced(boot) ? "holder-process-died" : "holder-process-unknown");
  if (boot.missingLines) return unknown("last-lines-missing");
  if (
    history.peer !== null &&
    history.peer.readyAt.some((ready) => onAxis(ready) > hold.time && onAxis(ready) <= time + tolerance)
  ) {
    return unknown("peer-restarted");
  }
  return null;
}

/** False if the next process of the environment may run beside this one. */
function wasReplaced({ environment, number, reset }: ObservedBoot): boolean {
  return reset !== null || (environment.boots[number]?.beside ?? null) === null;
}

/** Whether another client was, or may have been, accepted after this connection. */
function othersAccepted(history: FunctionHistory, hold: Attempt, until: EpochMs): boolean {
  const { peer } = history;
  if (peer === null) return false;
  // Connections without numbers do not show whether lines are missing.
  if (peer.missingLines > 0 || !peer.numbered) return true;
  const near = namelessNear(history, hold.time);
  // If the peer's log has two accepted lines near the function's one line, at least one of them is about another client.
  if (hold.peer === null && near.length > 1) return true;
  const { accepted } = peer;
  const first = firstIndex(
    accepted.length,
    (index) => (onAxis(accepted[index]?.acceptedAt) ?? 0) > holdFrom(hold),
  );
  for (let index = first; index < accepted.length; index += 1) {
    const connection = accepted[index];
    if (connection === undefined || (onAxis(connection.acceptedAt) ?? 0) > until) return false;
    // Without a hello, the peer's line about this connection can come a little after the function's line.
    const isThis = connection === hold.peer || (hold.peer === null && near.includes(connection));
    if (!isThis) return true;
  }
  return false;
}
