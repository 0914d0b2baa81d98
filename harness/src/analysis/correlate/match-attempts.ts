/**
 * Pairs the attempts a boot wrote lines about with the peer's lines about the same boot: in order where both sides count
 * the same, so that no clock is needed; else the nearest in time, as far apart as the clocks are by all of them together.
 */
import { boundShifts, overlap, type Span } from "../timeline/clock-shifts.ts";
import type { Attempt, Boot, PeerConnection } from "../timeline/environment.ts";
import { hasMissingLines } from "../timeline/hold.ts";
import { gaveUp } from "../timeline/peer-timeline.ts";

/** An attempt takes at most this long between the peer's line and the function's. */
const ATTEMPT_MS_MAX = 2_000;
/** Nearly all take milliseconds; where lines are missing only those are paired by time. */
const NEAR_MS = 500;
const ROUNDING_MS = 2;

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
  const sides: readonly Sides[] = [
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
  const unequal = sides.filter((side) => !pairedInOrder(side, complete, options.toleranceMs));
  const shifts = options.toleranceMs === 0 ? null : shiftsOf(own, unequal, options.toleranceMs);
  for (const side of unequal) pairNearest(side, shifts, options.toleranceMs);
  if (boot.lines > 0) {
    for (const connection of accepted)
      if (connection.attempt === null && connection.queuedAt !== null) connection.abandoned = true;
  }
}

/** Attempts and connections that ended in the same way. */
interface Sides {
  readonly own: readonly Attempt[];
  readonly connections: readonly PeerConnection[];
}

/** Where the peer served more than the function knows of, those from the queue are left to the nearest-in-time rule. */
function withoutAbandoned(accepted: readonly PeerConnection[], ownCount: number): readonly PeerConnection[] {
  if (accepted.length === ownCount) return accepted;
  const direct = accepted.filter((connection) => connection.queuedAt === null);
  return direct.length === ownCount ? direct : accepted;
}

function pairedInOrder({ own, connections }: Sides, complete: boolean, toleranceMs: number): boolean {
  if (own.length !== connections.length) return false;
  if (!complete && !isSteady(own, connections, ATTEMPT_MS_MAX + toleranceMs)) return false;
  own.forEach((attempt, index) => bind(attempt, connections[index]));
  return true;
}

/**
 * By how much the peer's clock may be ahead, since a function's line follows the peer's at once; those already paired know it best.
 * Null: nothing tells. Empty: by those already paired the clocks are further apart than the tolerance, and nearness pairs nothing.
 */
function shiftsOf(
  own: readonly Attempt[],
  unequal: readonly Sides[],
  toleranceMs: number,
): readonly Span[] | null {
  const paired = own.flatMap((attempt) =>
    attempt.peer === null ? [] : [[shiftBetween({ shift: timeOf(attempt.peer) - attempt.time })]],
  );
  const known = boundShifts(paired, { from: -toleranceMs, to: toleranceMs });
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const constraints = unequal.flatMap((side) => {
    const byAttempt = new Map<Attempt, Span[]>(side.own.map((attempt) => [attempt, []]));
    for (const pair of nearPairs(side, toleranceMs)) byAttempt.get(pair.attempt)?.push(shiftBetween(pair));
    return [...byAttempt.values()].filter((spans) => spans.length > 0);
  });
  const shifts = boundShifts(constraints, { from: first.from, to: last.to });
  return shifts.length === 0 ? null : shifts;
}

function shiftBetween({ shift }: Pick<NearPair, "shift">): Span {
  return { from: shift - ROUNDING_MS, to: shift + NEAR_MS };
}

function pairNearest(side: Sides, shifts: readonly Span[] | null, toleranceMs: number): void {
  const near = nearPairs(side, toleranceMs);
  const pairs =
    shifts === null
      ? near.sort((a, b) => Math.abs(a.shift) - Math.abs(b.shift))
      : near.filter((pair) => overlap(shiftBetween(pair), shifts));
  const [shift] = shifts ?? [];
  // The quickest of all pairs is at the low end.
  if (shift !== undefined)
    pairs.sort((a, b) => Math.abs(a.shift - shift.from) - Math.abs(b.shift - shift.from));
  const isSure = shifts === null || shifts.length === 1 ? () => true : onlyOnes(pairs);
  for (const pair of pairs) {
    const { attempt, connection } = pair;
    if (attempt.peer === null && connection.attempt === null && isSure(pair)) bind(attempt, connection);
  }
}

/** Where the clocks may be apart by this or by that: pairs of which neither side has another choice. */
function onlyOnes(pairs: readonly NearPair[]): (pair: NearPair) => boolean {
  const choices = new Map<Attempt | PeerConnection, number>();
  const count = (side: Attempt | PeerConnection): void =>
    void choices.set(side, (choices.get(side) ?? 0) + 1);
  for (const { attempt, connection } of pairs) {
    count(attempt);
    count(connection);
  }
  return ({ attempt, connection }) => choices.get(attempt) === 1 && choices.get(connection) === 1;
}

interface NearPair {
  readonly attempt: Attempt;
  readonly connection: PeerConnection;
  /** Peer's clock minus the function's, if they are one. */
  readonly shift: number;
}

function nearPairs({ own, connections }: Sides, toleranceMs: number): NearPair[] {
  const windowMs = NEAR_MS + toleranceMs;
  const pairs: NearPair[] = [];
  let low = 0;
  for (const attempt of own) {
    while (low < connections.length && timeOf(connections[low]) < attempt.time - windowMs) low += 1;
    for (let index = low; index < connections.length; index += 1) {
      const connection = connections[index];
      if (connection === undefined || timeOf(connection) > attempt.time + windowMs) break;
      pairs.push({ attempt, connection, shift: timeOf(connection) - attempt.time });
    }
  }
  return pairs;
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
