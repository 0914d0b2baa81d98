/**
 * The second stage of matching: attempts and connections that no count pairs, by when they were. In order where both sides are as many and
 * apart by one and the same time; else the nearest in time, as far apart as the clocks are by all of them together.
 */
import { ATTEMPT_MS_MAX } from "../../domain/time-limits.ts";
import { boundShifts, overlap, type Span } from "../timeline/clock-shifts.ts";
import type { Attempt, ObservedPeerConnection } from "../timeline/environment.ts";
import { pair, pairInOrder, ROUNDING_MS, timeOf, type Alike } from "./pair-attempts.ts";

/** Nearly all take milliseconds; where lines are missing only those are paired by time. */
const NEAR_MS = 500;

/** `own`: all attempts of the boot, those that are paired already too. */
export function pairByTime(own: readonly Attempt[], kinds: readonly Alike[], toleranceMs: number): void {
  const left = kinds.filter((kind) => {
    const steady = isSteady(kind, ATTEMPT_MS_MAX + toleranceMs);
    if (steady) pairInOrder(kind);
    return !steady;
  });
  const shifts = toleranceMs === 0 ? null : shiftsOf(own, left, toleranceMs);
  for (const kind of left) pairNearest(kind, shifts, toleranceMs);
}

/**
 * By how much the peer's clock may be ahead, since a function's line follows the peer's at once; those already paired know it best.
 * Null: nothing tells. Empty: by those already paired the clocks are further apart than the tolerance, and nearness pairs nothing.
 */
function shiftsOf(
  own: readonly Attempt[],
  left: readonly Alike[],
  toleranceMs: number,
): readonly Span[] | null {
  const paired = own.flatMap((attempt) =>
    attempt.peer === null ? [] : [[shiftBetween({ shift: timeOf(attempt.peer) - attempt.time })]],
  );
  const known = boundShifts(paired, { from: -toleranceMs, to: toleranceMs });
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const constraints = left.flatMap((alike) => {
    const byAttempt = new Map<Attempt, Span[]>(alike.own.map((attempt) => [attempt, []]));
    for (const near of nearPairs(alike, toleranceMs)) byAttempt.get(near.attempt)?.push(shiftBetween(near));
    return [...byAttempt.values()].filter((spans) => spans.length > 0);
  });
  const shifts = boundShifts(constraints, { from: first.from, to: last.to });
  return shifts.length === 0 ? null : shifts;
}

function shiftBetween({ shift }: Pick<NearPair, "shift">): Span {
  return { from: shift - ROUNDING_MS, to: shift + NEAR_MS };
}

function pairNearest(alike: Alike, shifts: readonly Span[] | null, toleranceMs: number): void {
  const all = nearPairs(alike, toleranceMs);
  const pairs =
    shifts === null
      ? all.sort((a, b) => Math.abs(a.shift) - Math.abs(b.shift))
      : all.filter((near) => overlap(shiftBetween(near), shifts));
  const [shift] = shifts ?? [];
  // The quickest of all pairs is at the low end.
  if (shift !== undefined)
    pairs.sort((a, b) => Math.abs(a.shift - shift.from) - Math.abs(b.shift - shift.from));
  const isSure = shifts === null || shifts.length === 1 ? () => true : onlyOnes(pairs);
  for (const near of pairs) {
    const { attempt, connection } = near;
    if (attempt.peer === null && connection.attempt === null && isSure(near)) pair(attempt, connection);
  }
}

/** Where the clocks may be apart by this or by that: pairs of which neither side has another choice. */
function onlyOnes(pairs: readonly NearPair[]): (near: NearPair) => boolean {
  const choices = new Map<Attempt | ObservedPeerConnection, number>();
  const count = (side: Attempt | ObservedPeerConnection): void =>
    void choices.set(side, (choices.get(side) ?? 0) + 1);
  for (const { attempt, connection } of pairs) {
    count(attempt);
    count(connection);
  }
  return ({ attempt, connection }) => choices.get(attempt) === 1 && choices.get(connection) === 1;
}

interface NearPair {
  readonly attempt: Attempt;
  readonly connection: ObservedPeerConnection;
  /** Peer's clock minus the function's, if they are one. */
  readonly shift: number;
}

function nearPairs({ own, connections }: Alike, toleranceMs: number): NearPair[] {
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
function isSteady({ own, connections }: Alike, windowMs: number): boolean {
  if (own.length !== connections.length) return false;
  const apart = own.map((attempt, index) => attempt.time - timeOf(connections[index]));
  const [least, most] = apart.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  return apart.length === 0 || most - least <= windowMs;
}
