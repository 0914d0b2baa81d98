/**
 * Pairs the attempts a boot wrote lines about with the peer's lines about the same boot: in order where both sides count
 * the same, so that no clock is needed; else the nearest in time.
 */
import type { Attempt, Boot, PeerConnection } from "./environment.ts";
import { hasMissingLines } from "./hold.ts";
import { gaveUp } from "./peer-timeline.ts";

/** An attempt takes at most this long between the peer's line and the function's. */
const ATTEMPT_MS_MAX = 2_000;
/** Nearly all take milliseconds; where lines are missing only those are paired by time. */
const NEAR_MS = 500;

export interface MatchOptions {
  /** How far apart the two clocks may be; on one machine nearly nothing. */
  readonly toleranceMs: number;
  /** The peer's log counts its connections without a hole. */
  readonly peerComplete: boolean;
}

export function matchAttempts(
  boot: Boot,
  connections: readonly PeerConnection[],
  options: MatchOptions,
): void {
  const complete = options.peerComplete && boot.sequences.length > 0 && !hasMissingLines(boot);
  const own = boot.attempts.filter(
    // Who waited for a lease in vain never came to the peer.
    (attempt) => attempt.ownLine && attempt.peer === null && attempt.leaseHolder == null,
  );
  const accepted = connections.filter((connection) => connection.acceptedAt !== null);
  const ownAccepted = own.filter((attempt) => attempt.outcome === "accepted");
  // A connection served from the queue that the function has no `accepted` for: its client had given up.
  const served = boot.lines > 0 ? withoutAbandoned(accepted, ownAccepted.length) : accepted;
  pair(ownAccepted, served, { ...options, complete });
  if (boot.lines > 0) {
    for (const connection of accepted)
      if (connection.attempt === null && connection.queuedAt !== null) connection.abandoned = true;
  }
  pair(
    own.filter((attempt) => attempt.outcome === "refused"),
    connections.filter((connection) => connection.refusedAt !== null),
    { ...options, complete },
  );
  pair(
    own.filter((attempt) => attempt.outcome === "timed-out"),
    connections.filter(gaveUp),
    { ...options, complete },
  );
}

/** Where the peer served more than the function knows of, those from the queue are left to the nearest-in-time rule. */
function withoutAbandoned(accepted: readonly PeerConnection[], ownCount: number): readonly PeerConnection[] {
  if (accepted.length === ownCount) return accepted;
  const direct = accepted.filter((connection) => connection.queuedAt === null);
  return direct.length === ownCount ? direct : accepted;
}

function pair(
  own: readonly Attempt[],
  connections: readonly PeerConnection[],
  { toleranceMs, complete }: { readonly toleranceMs: number; readonly complete: boolean },
): void {
  if (
    own.length === connections.length &&
    (complete || isSteady(own, connections, ATTEMPT_MS_MAX + toleranceMs))
  ) {
    own.forEach((attempt, index) => bind(attempt, connections[index]));
    return;
  }
  const pairs: {
    readonly attempt: Attempt;
    readonly connection: PeerConnection;
    readonly distance: number;
  }[] = [];
  const windowMs = NEAR_MS + toleranceMs;
  let low = 0;
  for (const attempt of own) {
    while (low < connections.length && timeOf(connections[low]) < attempt.time - windowMs) low += 1;
    for (let index = low; index < connections.length; index += 1) {
      const connection = connections[index];
      if (connection === undefined || timeOf(connection) > attempt.time + windowMs) break;
      pairs.push({ attempt, connection, distance: Math.abs(timeOf(connection) - attempt.time) });
    }
  }
  pairs.sort((a, b) => a.distance - b.distance);
  for (const { attempt, connection } of pairs)
    if (attempt.peer === null && connection.attempt === null) bind(attempt, connection);
}

/** Equal counts may hide different losses on both sides: true pairs are apart by one skew, give or take an attempt. */
function isSteady(
  own: readonly Attempt[],
  connections: readonly PeerConnection[],
  windowMs: number,
): boolean {
  const apart = own.map((attempt, index) => attempt.time - timeOf(connections[index]));
  const [least, most] = apart.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  return apart.length === 0 || most - least <= windowMs;
}

function bind(attempt: Attempt, connection: PeerConnection | undefined): void {
  if (connection === undefined) return;
  attempt.peer = connection;
  connection.attempt = attempt;
}

/** When the peer decided about it, or its client gave up. */
export function timeOf(connection: PeerConnection | undefined): number {
  return connection?.acceptedAt ?? connection?.refusedAt ?? connection?.endedAt ?? 0;
}
