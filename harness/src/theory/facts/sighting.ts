/**
 * What one line, or the absence of a line, says about one event. All three things that a source can say have one shape:
 *
 * - a line: the event happened (`seen`), in the closed interval `from`–`to`;
 * - no line in a source that is complete until T: the event did not happen before T + 1 (`from`), and perhaps never (not `seen`);
 * - nothing: the event may have happened at any time, or never.
 *
 * Times are whole milliseconds on the axis of the run. Lags of the source and its resolution are already in the interval.
 */
export interface EventSighting {
  readonly seen: boolean;
  readonly from: number;
  readonly to: number;
}

/** No source says anything about the event. */
export const UNKNOWN: EventSighting = { seen: false, from: -Infinity, to: Infinity };
/** A complete source shows that the event never happened. */
export const NEVER: EventSighting = { seen: false, from: Infinity, to: Infinity };

export const seenAt = (from: number, to = from): EventSighting => ({ seen: true, from, to });
/** A complete source shows that the event did not happen until this time. */
export const notUntil = (until: number): EventSighting => ({ seen: false, from: until + 1, to: Infinity });

/** What two sources say together. If they contradict each other, `from` is later than `to`, and no history fits. */
export const both = (one: EventSighting, other: EventSighting): EventSighting => ({
  seen: one.seen || other.seen,
  from: Math.max(one.from, other.from),
  to: Math.min(one.to, other.to),
});

/** True if the sighting excludes no moment and requires none, so that the event need not be looked for. */
export const saysNothing = (sighting: EventSighting): boolean =>
  !sighting.seen && sighting.from === -Infinity && sighting.to === Infinity;
