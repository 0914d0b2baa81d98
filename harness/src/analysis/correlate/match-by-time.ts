/**
 * Pairs the function's attempts with the peer's connections where match-attempts.ts could not, because lines may be missing. They are first
 * paired in their order: if there are as many of both, and the time between attempt and connection is about the same in all pairs, these
 * pairs are kept. Else the most likely difference of the clocks is subtracted, and the attempts and connections that are then nearest to
 * each other are paired.
 */
import { durationMs, type DurationMs } from "../../base/time.ts";
import { between, onAxis } from "../../base/clocks.ts";
import { ATTEMPT_MS_MAX } from "../../words/time-limits.ts";
import { boundShifts, overlap, type Shifts } from "../timeline/clock-shifts.ts";
import type { Attempt, ObservedPeerConnection } from "../timeline/environment.ts";
import { pair, ROUNDING_MS, timeOf, type Alike, type PeerClock } from "./pair-attempts.ts";

/** Nearly all attempts take milliseconds. Longer attempts than this are not paired by time if lines are missing. */
const NEAR_MS = 500;

/** `own` are all attempts of the boot, including those that are already paired. */
export function pairByTime(own: readonly Attempt[], kinds: readonly Alike[], clock: PeerClock): void {
  const { toleranceMs } = clock;
  const left = kinds.filter((kind) => {
    const steady = isSteady(kind, durationMs(ATTEMPT_MS_MAX + toleranceMs));
    if (steady) kind.own.forEach((attempt, index) => pair(attempt, kind.connections[index]));
    return !steady;
  });
  const shifts = toleranceMs === 0 ? null : shiftsOf(own, left, clock);
  for (const kind of left) pairNearest(kind, shifts, clock);
}

/**
 * Returns how far the peer's clock can be ahead of the function's clock. A function's line follows the peer's line within milliseconds, so
 * each pair bounds this difference. Null if no difference fits all unpaired attempts. Empty if the pairs show that the clocks differ by
 * more than the tolerance.
 */
function shiftsOf(
  own: readonly Attempt[],
  left: readonly Alike[],
  clock: PeerClock,
): readonly Shifts[] | null {
  const paired = own.flatMap((attempt) =>
    attempt.peer === null
      ? []
      : [[shiftBetween({ shift: between(attempt.time, onAxis(timeOf(attempt.peer))) }, clock)]],
  );
  const known = boundShifts(paired, { from: 0 - clock.toleranceMs, to: clock.toleranceMs });
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const constraints = left.flatMap((alike) => {
    const byAttempt = new Map<Attempt, Shifts[]>(alike.own.map((attempt) => [attempt, []]));
    for (const near of nearPairs(alike, clock.toleranceMs))
      byAttempt.get(near.attempt)?.push(shiftBetween(near, clock));
    return [...byAttempt.values()].filter((spans) => spans.length > 0);
  });
  const shifts = boundShifts(constraints, { from: first.from, to: last.to });
  return shifts.length === 0 ? null : shifts;
}

function shiftBetween({ shift }: Pick<NearPair, "shift">, { cutMs, logCutMs }: PeerClock): Shifts {
  return { from: shift - logCutMs - ROUNDING_MS, to: shift + cutMs + NEAR_MS };
}

function pairNearest(alike: Alike, shifts: readonly Shifts[] | null, clock: PeerClock): void {
  const all = nearPairs(alike, clock.toleranceMs);
  const pairs =
    shifts === null
      ? all.sort((a, b) => Math.abs(a.shift) - Math.abs(b.shift))
      : all.filter((near) => overlap(shiftBetween(near, clock), shifts));
  const [shift] = shifts ?? [];
  // The shift of a pair is the difference of the clocks less the time that the attempt took, so the fastest attempt determines the low end
  // of the possible shifts. Most attempts are about as fast, so pairs whose shift is near that end come first.
  if (shift !== undefined)
    pairs.sort((a, b) => Math.abs(a.shift - shift.from) - Math.abs(b.shift - shift.from));
  // Times that are cut to whole seconds do not show which candidate is nearer.
  const isNearestSure = clock.cutMs === 0 && clock.logCutMs === 0 && (shifts === null || shifts.length === 1);
  const isSure = isNearestSure ? () => true : onlyOnes(pairs);
  for (const near of pairs) {
    const { attempt, connection } = near;
    if (attempt.peer === null && connection.attempt === null && isSure(near)) pair(attempt, connection);
  }
}

/**
 * If several differences of the clocks are possible, a pair is certain only if neither its attempt nor its connection has another
 * candidate.
 */
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
  /** The peer's clock minus the function's clock, if the attempt and the connection belong together. */
  readonly shift: DurationMs;
}

function nearPairs({ own, connections }: Alike, toleranceMs: DurationMs): NearPair[] {
  const windowMs = NEAR_MS + toleranceMs;
  const pairs: NearPair[] = [];
  let low = 0;
  for (const attempt of own) {
    while (low < connections.length && onAxis(timeOf(connections[low])) < attempt.time - windowMs) low += 1;
    for (let index = low; index < connections.length; index += 1) {
      const connection = connections[index];
      if (connection === undefined) break;
      const shift = between(attempt.time, onAxis(timeOf(connection)));
      if (shift > windowMs) break;
      pairs.push({ attempt, connection, shift });
    }
  }
  return pairs;
}

/** Whether the time between attempt and connection is about the same in all pairs. It is not if the two logs lost different lines. */
function isSteady({ own, connections }: Alike, windowMs: DurationMs): boolean {
  if (own.length !== connections.length) return false;
  const apart = own.map((attempt, index) => attempt.time - onAxis(timeOf(connections[index])));
  const [least, most] = apart.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  return apart.length === 0 || most - least <= windowMs;
}
