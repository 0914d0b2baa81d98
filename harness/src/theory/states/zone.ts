/**
 * A zone: all values that the present moment and some earlier moments (clocks) can have together, as difference constraints with closed
 * integer bounds. `bounds[i][j]` is the largest possible value of moment i minus moment j; moment 0 is the origin of the axis, moment 1 is
 * now, the others are the clocks in the order of their names. The bounds are always as tight as they can be, so two zones with the same
 * values have the same bounds. A zone never changes.
 */
export interface Zone {
  readonly clocks: readonly string[];
  readonly bounds: readonly (readonly number[])[];
}

const NOW = 1;

export const zoneAt = (time: number): Zone => ({
  clocks: [],
  bounds: [
    [0, -time],
    [time, 0],
  ],
});

/** A distance of now from a clock (null: from the origin of the axis). */
export interface Bound {
  readonly clock: string | null;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** The same moments, at any later now. */
export function later(zone: Zone): Zone {
  const free = zone.bounds[NOW]!.map((_, moment) => (moment === NOW ? 0 : Infinity));
  return { ...zone, bounds: zone.bounds.with(NOW, free) };
}

/** Moment `one` is at most `most` later than moment `other`; all bounds that follow are tightened. False: this is impossible. */
function tighten(bounds: number[][], one: number, other: number, most: number): boolean {
  if (bounds[one]![other]! <= most) return true;
  if (bounds[other]![one]! + most < 0) return false;
  const after = bounds[other]!;
  for (const row of bounds) {
    const first = row[one]! + most;
    if (first === Infinity) continue;
    for (let to = 0; to < row.length; to += 1) {
      const through = first + after[to]!;
      if (through < row[to]!) row[to] = through;
    }
  }
  return true;
}

/** The part of the zone that keeps the bounds, or null if there is none. A bound of a clock that the zone does not have is an error. */
export function within(zone: Zone, limits: readonly Bound[]): Zone | null {
  if (limits.length === 0) return zone;
  const bounds = zone.bounds.map((row) => [...row]);
  for (const { clock, atLeast = -Infinity, atMost = Infinity } of limits) {
    const moment = clock === null ? 0 : zone.clocks.indexOf(clock) + 2;
    if (moment === 1) throw new Error(`The zone has no clock ${clock}`);
    if (atMost < Infinity && !tighten(bounds, NOW, moment, atMost)) return null;
    if (atLeast > -Infinity && !tighten(bounds, moment, NOW, -atLeast)) return null;
  }
  return { clocks: zone.clocks, bounds };
}

/** The zone with these clocks only. A clock that it does not have, or that is in `restart`, is set to now. */
export function withClocks(zone: Zone, clocks: readonly string[], restart: ReadonlySet<string>): Zone {
  const names = [...clocks].sort();
  const from = names.map((name) => {
    const known = restart.has(name) ? -1 : zone.clocks.indexOf(name);
    return known < 0 ? NOW : known + 2;
  });
  const moments = [0, NOW, ...from];
  return { clocks: names, bounds: moments.map((one) => moments.map((other) => zone.bounds[one]![other]!)) };
}

/** The zone in which the connections have other indices. A clock that belongs to no connection stays. */
export const renamed = (zone: Zone, indexOf: (connection: number) => number): Zone => ({
  ...zone,
  clocks: zone.clocks.map((clock) => clock.replace(/\d+/, (index) => String(indexOf(Number(index))))),
});

export const zoneKey = (zone: Zone): string =>
  `${zone.clocks.join(",")}/${zone.bounds.map((row) => row.join(",")).join(";")}`;
