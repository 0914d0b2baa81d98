/**
 * Moments by clocks that can differ. The clock of the functions is the common axis: a moment on it is a number (`EpochMs`), also one of the
 * link or the engine, which only exist where functions and engine are one machine. A moment by another clock is no number for the compiler.
 * It can be compared with moments of its own clock, and with others only after `onAxis`; what comes of that is exact only within the
 * tolerance of the clocks. At run time, all of them are milliseconds since 1970.
 */
import type { DurationMs, EpochMs } from "./time.ts";

declare const clock: unique symbol;

/** `driver`: the machine of the run, which writes the journal. */
export type OtherClock = "driver" | "peer";

/** A moment by a clock other than that of the functions. */
export interface Moment<C extends OtherClock> {
  readonly [clock]: C;
}

/** Before and after all moments. */
export const ALWAYS = -Infinity as unknown as Moment<never>;
export const NEVER = Infinity as unknown as Moment<never>;

const numberOf = (moment: Moment<OtherClock>): number => moment as unknown as number;

/** Only for what reads a source: says by which clock the source's times are. */
export function momentBy<C extends OtherClock>(by: C, time: number): Moment<C>;
export function momentBy<C extends OtherClock>(by: C, time: number | null): Moment<C> | null;
export function momentBy<C extends OtherClock>(_by: C, time: number | null): Moment<C> | null {
  return time as unknown as Moment<C> | null;
}

/** `aheadMs`: by how much the moment's clock is known to be ahead of the functions' clock. */
export function onAxis(moment: Moment<OtherClock>, aheadMs?: number): EpochMs;
export function onAxis(moment: Moment<OtherClock> | null | undefined, aheadMs?: number): EpochMs | null;
export function onAxis(moment: Moment<OtherClock> | null | undefined, aheadMs = 0): EpochMs | null {
  return moment == null ? null : ((numberOf(moment) - aheadMs) as EpochMs);
}

export function spanOnAxis({
  from,
  to,
}: {
  readonly from: Moment<OtherClock>;
  readonly to: Moment<OtherClock>;
}): { readonly from: EpochMs; readonly to: EpochMs } {
  return { from: onAxis(from), to: onAxis(to) };
}

/** Negative if `to` is earlier. */
export function between<C extends OtherClock>(from: Moment<C>, to: Moment<C>): DurationMs {
  return (numberOf(to) - numberOf(from)) as DurationMs;
}

export function after<C extends OtherClock>(moment: Moment<C>, lengthMs: number): Moment<C> {
  return (numberOf(moment) + lengthMs) as unknown as Moment<C>;
}

export function earlier<C extends OtherClock>(a: Moment<C>, b: Moment<C>): Moment<C> {
  return b < a ? b : a;
}

export function later<C extends OtherClock>(a: Moment<C>, b: Moment<C>): Moment<C> {
  return b > a ? b : a;
}
