/**
 * How a run ends early. While it drains, nothing new is sent, requests in flight are awaited, and evidence is collected. A second signal
 * aborts the run.
 */
import type { DriveStopReason } from "../record/journal.ts";

type DrainReason = Exclude<DriveStopReason, "duration" | "abort">;

export interface Stop {
  /** Fires when the run must drain. */
  readonly drain: AbortSignal;
  /** Fires when the run must end immediately. */
  readonly abort: AbortSignal;
  /** Null if no stop was requested. */
  readonly reason: DrainReason | null;
  /** Only the first reason counts. */
  requestDrain(reason: DrainReason): void;
  /** The first signal makes the run drain, the second one aborts it. */
  signal(): void;
}

export function stop(): Stop {
  const drain = new AbortController();
  const abort = new AbortController();
  let reason: DrainReason | null = null;
  let signals = 0;
  const requestDrain = (why: DrainReason): void => {
    reason ??= why;
    drain.abort();
  };
  return {
    drain: drain.signal,
    abort: abort.signal,
    get reason() {
      return reason;
    },
    requestDrain,
    signal: () => {
      signals += 1;
      if (signals === 1) {
        // A signal during a drain for another reason counts as the operator's request.
        reason = "signal";
        requestDrain("signal");
      } else abort.abort();
    },
  };
}
