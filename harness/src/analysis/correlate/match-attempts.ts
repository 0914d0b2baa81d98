/** Pairs the attempts in a boot's lines with its connections in the peer's log: in order if no attempt or connection is missing, else by time. */
import { inOrder, matchExact } from "../../evidence/match-exact.ts";
import type { Attempt, ObservedBoot, ObservedPeerConnection } from "../timeline/environment.ts";
import { hasMissingLines } from "../timeline/hold.ts";
import { gaveUp } from "../timeline/peer-timeline.ts";
import { pairByTime } from "./match-by-time.ts";
import { pair, type Alike, type PeerClock } from "./pair-attempts.ts";

export interface MatchOptions {
  readonly clock: PeerClock;
  /** Whether the peer's log has all connections. */
  readonly peerComplete: boolean;
}

export function matchAttempts(
  boot: ObservedBoot,
  connections: readonly ObservedPeerConnection[],
  { clock, peerComplete }: MatchOptions,
): void {
  const own = boot.attempts.filter(
    // An attempt that did not get its lease never reached the peer.
    (attempt) => attempt.ownLine && attempt.peer === null && attempt.leaseHolder == null,
  );
  const whole = boot.sequences !== null && !hasMissingLines(boot);
  const left = kindsOf(boot, own, connections).filter((kind) => {
    const exact = matchExact(inOrder(kind.own, whole), inOrder(kind.connections, peerComplete));
    for (const [attempt, connection] of exact) pair(attempt, connection);
    return kind.own.some(({ peer }) => peer === null);
  });
  pairByTime(own, left, clock);
  if (boot.lines === 0) return;
  for (const connection of connections)
    if (connection.acceptedAt !== null && connection.attempt === null && connection.queuedAt !== null)
      connection.abandoned = true;
}

function kindsOf(
  boot: ObservedBoot,
  own: readonly Attempt[],
  connections: readonly ObservedPeerConnection[],
): readonly Alike[] {
  const accepted = connections.filter((connection) => connection.acceptedAt !== null);
  const ownAccepted = own.filter((attempt) => attempt.outcome === "accepted");
  const served = boot.lines > 0 ? withoutAbandoned(accepted, ownAccepted.length) : accepted;
  return [
    { own: ownAccepted, connections: served },
    {
      own: own.filter((attempt) => attempt.outcome === "refused"),
      connections: connections.filter((connection) => connection.refusedAt !== null),
    },
    {
      own: own.filter((attempt) => attempt.outcome === "timed-out"),
      connections: connections.filter(gaveUp),
    },
  ];
}

/** The client of a connection from the queue may have given up before the peer served it. */
function withoutAbandoned(
  accepted: readonly ObservedPeerConnection[],
  ownCount: number,
): readonly ObservedPeerConnection[] {
  if (accepted.length === ownCount) return accepted;
  const direct = accepted.filter((connection) => connection.queuedAt === null);
  return direct.length === ownCount ? direct : accepted;
}
