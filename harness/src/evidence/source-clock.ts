/**
 * What the times of one source can tell: in which steps they are written (whole seconds, whole minutes), whether they are in a time zone that
 * they do not name, and whether the newest lines come first.
 */
import { ALWAYS, between, onAxis, type Moment } from "../base/clocks.ts";
import { durationMs, type DurationMs, type EpochMs } from "../base/time.ts";

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
  #last: Moment<"source"> = ALWAYS;
  #earlier = 0;
  #later = 0;
  readonly #ahead = { least: Infinity, most: -Infinity };

  /** `ownTime` is the time in a lifecycle line, which names its zone. Null for other lines. */
  note(time: Moment<"source">, ownTime: EpochMs | null): void {
    this.#lines += 1;
    const written = onAxis(time);
    if (written % this.#step !== 0) this.#step = STEPS_MS.find((step) => written % step === 0) ?? 1;
    if (time < this.#last) this.#earlier += 1;
    if (time > this.#last) this.#later += 1;
    this.#last = time;
    if (ownTime === null) return;
    this.#ahead.least = Math.min(this.#ahead.least, between(written, ownTime));
    this.#ahead.most = Math.max(this.#ahead.most, between(written, ownTime));
  }

  /** The step of the times: a line was written up to this much later than its time says. 1 for milliseconds. */
  get resolutionMs(): DurationMs {
    return durationMs(this.#lines < LINES_MIN ? 1 : this.#step);
  }

  /** What must be added to the times so that they are UTC. 0 if nothing shows that they are in another zone. */
  get zoneMs(): DurationMs {
    const { least, most } = this.#ahead;
    const zone = Math.round(least / ZONE_STEP_MS) * ZONE_STEP_MS;
    const slack = DELAY_MAX_MS + this.resolutionMs;
    const fits = Number.isFinite(zone) && Math.abs(least - zone) <= slack && Math.abs(most - zone) <= slack;
    return durationMs(fits ? zone : 0);
  }

  get newestFirst(): boolean {
    return this.#earlier > this.#later;
  }
}
