/**
 * Pairs the attempts a boot wrote lines about with the peer's lines about the same boot, attempts that ended alike with each other. First exactly:
 * in order, where both sides count the same without a hole. Then by time what that left (match-by-time.ts).
 */
import { ordinalsAgree } from "../../evidence/match-exact.ts";
import type { Attempt, ObservedBoot, ObservedPeerConnection } from "../timeline/environment.ts";
import { hasMissingLines } from "../timeline/hold.ts";
import { gaveUp } from "../timeline/peer-timeline.ts";
import { pairByTime } from "./match-by-time.ts";
import { pairInOrder, type Alike } from "./pair-attempts.ts";

export interface MatchOptions {
  /** How far apart the two clocks may be; on one machine nearly nothing. */
  readonly toleranceMs: number;
  /** The peer's log counts its connections without a hole. */
  readonly peerComplete: boolean;
}

export function matchAttempts(
  boot: ObservedBoot,
  connections: readonly ObservedPeerConnection[],
  { toleranceMs, peerComplete }: MatchOptions,
): void {
  const own = boot.attempts.filter(
    // Who waited for a lease in vain never came to the peer.
    (attempt) => attempt.ownLine && attempt.peer === null && attempt.leaseHolder == null,
  );
  const whole = boot.sequences.length > 0 && !hasMissingLines(boot);
  const left = kindsOf(boot, own, connections).filter((kind) => {
    const [ours, theirs] = [kind.own, kind.connections];
    const exact = ordinalsAgree({ count: ours.length, whole }, { count: theirs.length, whole: peerComplete });
    if (exact) pairInOrder(kind);
    return !exact;
  });
  pairByTime(own, left, toleranceMs);
  if (boot.lines === 0) return;
  for (const connection of connections)
    if (connection.acceptedAt !== null && connection.attempt === null && connection.queuedAt !== null)
      connection.abandoned = true;
}

/** Accepted, refused, given up. */
function kindsOf(
  boot: ObservedBoot,
  own: readonly Attempt[],
  connections: readonly ObservedPeerConnection[],
): readonly Alike[] {
  const accepted = connections.filter((connection) => connection.acceptedAt !== null);
  const ownAccepted = own.filter((attempt) => attempt.outcome === "accepted");
  // A connection served from the queue that the function has no `accepted` for: its client had given up.
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

/** Where the peer served more than the function knows of, those from the queue are left to the nearest-in-time rule. */
function withoutAbandoned(
  accepted: readonly ObservedPeerConnection[],
  ownCount: number,
): readonly ObservedPeerConnection[] {
  if (accepted.length === ownCount) return accepted;
  const direct = accepted.filter((connection) => connection.queuedAt === null);
  return direct.length === ownCount ? direct : accepted;
}
