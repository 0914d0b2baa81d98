import type { DurationMs, EpochMs, MonotonicMs } from "../units/time.ts";

/** The only source of time above the edges; a test passes a virtual one. */
export interface Clock {
  now(): EpochMs;
  monotonic(): MonotonicMs;
  /** Resolves after the length, or at once when the signal fires; never rejects. */
  sleep(length: DurationMs, signal?: AbortSignal): Promise<void>;
}
