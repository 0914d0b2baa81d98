/**
 * Finds wall-clock times that passed twice because the clock of the run's machine was set back. Between two events of one process, the wall
 * clock then advanced less than the monotonic clock. Between two processes of a run (it was resumed), the first event of the later process
 * then has an earlier time than the last event before it. The run notes such a change itself, but it may be killed before it does.
 */
import { after, between, earlierBy, type Moment, type Span } from "../../base/clocks.ts";
import { monotonicMs, type DurationMs, type MonotonicMs } from "../../base/time.ts";
import type { JournalEvent } from "../../record/journal.ts";

/**
 * Smaller differences in one process do not count: time services make small changes without setting the clock back, and the two clocks are
 * not read at the same moment.
 */
const SET_BACK_MS_MIN = 1_000;
/** An invocation that was in flight when a run was killed may have begun up to this long after the run's last event. */
const BEGUN_WITHIN_MS = 10_000;

export interface RepeatedTime extends Span<Moment<"driver">> {
  /** The clock was set back by at least this. */
  readonly backMs: DurationMs;
  noted: boolean;
}

/** Takes the events of a journal in the order of their sequence numbers. */
export class RepeatedTimes {
  /** They may overlap. */
  readonly spans: RepeatedTime[] = [];
  #notable: RepeatedTime[] = [];
  #last: { readonly time: Moment<"driver">; readonly monotonicMs: MonotonicMs } | null = null;

  add(event: JournalEvent, time: Moment<"driver">): void {
    const last = this.#last;
    const at = monotonicMs(event.monotonicMs);
    if (last !== null) {
      // The monotonic clocks of two processes cannot be compared.
      const sameProcess = event.event !== "run-started" && at >= last.monotonicMs;
      const until = after(last.time, sameProcess ? at - last.monotonicMs : 0);
      const backMs = between(time, until);
      if (!sameProcess) this.#notable = [];
      if (sameProcess && backMs >= SET_BACK_MS_MIN) {
        const span = { from: earlierBy(last.time, backMs), to: after(until, 1), backMs, noted: false };
        this.spans.push(span);
        this.#notable.push(span);
      } else if (!sameProcess && backMs > 0)
        this.spans.push({ from: time, to: after(until, BEGUN_WITHIN_MS), backMs, noted: false });
    }
    if (event.event === "clock-changed" && event.byMs < 0)
      for (const span of this.#notable) span.noted = true;
    this.#last = { time, monotonicMs: at };
  }
}
