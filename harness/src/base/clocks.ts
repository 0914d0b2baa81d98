/**
 * Moments by clocks that can differ. The clock of the functions is the common axis: a moment on it is a number (`EpochMs`), also one of the
 * link or the engine, which only exist where functions and engine are one machine. A moment by another clock is no number for the compiler.
 * It can be compared with moments of its own clock, and with others only after `onAxis`; what comes of that is exact only within the
 * tolerance of the clocks. At run time, all of them are milliseconds since 1970.
 */
import type { ComputedMs, DurationMs, EpochMs } from "./time.ts";

declare const clock: unique symbol;

/** `driver`: the machine of the run, which writes the journal. `source`: times as a file of logs has them, perhaps of another zone. */
export type OtherClock = "driver" | "peer" | "source";

/** A moment by a clock other than that of the functions. */
export interface Moment<C extends OtherClock> {
  readonly [clock]: C;
}

/** What a moment is at run time. */
type Bare<C extends OtherClock> = EpochMs & Moment<C>;

/** Before and after all moments of every clock. */
export const ALWAYS = -Infinity as Bare<never>;
export const NEVER = Infinity as Bare<never>;

/** Only for what reads a source: says by which clock the source's times are. */
export function momentBy<C extends OtherClock>(by: C, time: number): Moment<C>;
export function momentBy<C extends OtherClock>(by: C, time: number | null): Moment<C> | null;
export function momentBy<C extends OtherClock>(_by: C, time: number | null): Moment<C> | null {
  return time as Bare<C> | null;
}

/** `aheadMs`: by how much the moment's clock is known to be ahead of the functions' clock. */
export function onAxis(moment: Moment<OtherClock>, aheadMs?: ComputedMs): EpochMs;
export function onAxis(moment: Moment<OtherClock> | null | undefined, aheadMs?: ComputedMs): EpochMs | null;
export function onAxis(
  moment: Moment<OtherClock> | null | undefined,
  aheadMs: ComputedMs = 0,
): EpochMs | null {
  return moment == null ? null : (((moment as Bare<OtherClock>) - aheadMs) as EpochMs);
}

/** Both ends belong to the span. */
export interface Span<T = EpochMs> {
  readonly from: T;
  readonly to: T;
}

export function spanOnAxis({ from, to }: Span<Moment<OtherClock>>): Span {
  return { from: onAxis(from), to: onAxis(to) };
}

/** The span is longer by this at both ends, because what is compared with it has another clock. */
export function widened({ from, to }: Span, byMs: ComputedMs): Span {
  return { from: (from - byMs) as EpochMs, to: (to + byMs) as EpochMs };
}

type AnyMoment = EpochMs | Moment<OtherClock>;

/** Negative if `to` is earlier. */
export function between<M extends AnyMoment>(from: M, to: M): DurationMs {
  return ((to as number) - (from as number)) as DurationMs;
}

export function after<M extends AnyMoment>(moment: M, lengthMs: ComputedMs): M {
  return ((moment as number) + lengthMs) as M;
}

export function earlierBy<M extends AnyMoment>(moment: M, lengthMs: ComputedMs): M {
  return ((moment as number) - lengthMs) as M;
}

export function earlier<M extends AnyMoment>(a: M, b: M): M {
  return b < a ? b : a;
}

export function later<M extends AnyMoment>(a: M, b: M): M {
  return b > a ? b : a;
}
