/** A timer on the given clock, so that tests control the time. */
import type { Clock } from "../run/ports/clock.ts";
import { durationMs } from "../base/time.ts";

export interface Alarm {
  cancel(): void;
}

export function setAlarm(clock: Clock, lengthMs: number, action: () => void): Alarm {
  const cancelled = new AbortController();
  void clock.sleep(durationMs(lengthMs), cancelled.signal).then(() => {
    if (!cancelled.signal.aborted) action();
  });
  return { cancel: () => cancelled.abort() };
}
