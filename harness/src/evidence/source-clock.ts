/**
 * What the times of one source can tell: in which steps they are written (whole seconds, whole minutes), whether they are in a time zone that
 * they do not name, and whether the newest lines come first.
 */

/** With fewer lines, whole seconds can be chance. */
const LINES_MIN = 4;
const STEPS_MS = [60_000, 1_000] as const;
/** Offsets of time zones are whole quarters of an hour. */
const ZONE_STEP_MS = 15 * 60_000;
/** A line is logged at most this long after the function took its time. */
const DELAY_MAX_MS = 60_000;

export class SourceClock {
  #lines = 0;
  #step: number = STEPS_MS[0];
  #last = -Infinity;
  #earlier = 0;
  #later = 0;
  readonly #ahead = { least: Infinity, most: -Infinity };

  /** `ownTime` is the time in a lifecycle line, which names its zone. Null for other lines. */
  note(timestamp: number, ownTime: number | null): void {
    this.#lines += 1;
    if (timestamp % this.#step !== 0) this.#step = STEPS_MS.find((step) => timestamp % step === 0) ?? 1;
    if (timestamp < this.#last) this.#earlier += 1;
    if (timestamp > this.#last) this.#later += 1;
    this.#last = timestamp;
    if (ownTime === null) return;
    this.#ahead.least = Math.min(this.#ahead.least, ownTime - timestamp);
    this.#ahead.most = Math.max(this.#ahead.most, ownTime - timestamp);
  }

  /** The step of the times: a line was written up to this much later than its time says. 1 for milliseconds. */
  get resolutionMs(): number {
    return this.#lines < LINES_MIN ? 1 : this.#step;
  }

  /** What must be added to the times so that they are UTC. 0 if nothing shows that they are in another zone. */
  get zoneMs(): number {
    const { least, most } = this.#ahead;
    const zone = Math.round(least / ZONE_STEP_MS) * ZONE_STEP_MS;
    const slack = DELAY_MAX_MS + this.resolutionMs;
    return Number.isFinite(zone) && Math.abs(least - zone) <= slack && Math.abs(most - zone) <= slack
      ? zone
      : 0;
  }

  get newestFirst(): boolean {
    return this.#earlier > this.#later;
  }
}
