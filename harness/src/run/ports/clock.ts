import type { DurationMs, EpochMs, MonotonicMs } from "../../base/time.ts";

/** The only source of time outside the adapters, the engine and the peer. A test passes a virtual clock. */
export interface Clock {
  now(): EpochMs;
  monotonic(): MonotonicMs;
  /** Resolves after this length of time, or immediately when the signal fires. Never rejects. */
  sleep(length: DurationMs, signal?: AbortSignal): Promise<void>;
}
