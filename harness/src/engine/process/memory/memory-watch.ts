/**
 * Measures the resident memory of environments while they are thawed, and at the end of phases. Works only on Linux. Between two samples
 * the memory may exceed the limit (docs/fidelity.md#memory-isolation-time-outs).
 */
import { platform } from "node:os";

const SAMPLE_MS = 50;

/** The time at which each environment was last measured, by the monotonic clock. */
const sampledAt = new WeakMap<WatchedEnvironment, number>();

export interface WatchedEnvironment {
  readonly frozen: boolean;
  residentBytes(): number;
  /** The size in mebibytes. */
  useMemory(sizeMb: number): void;
}

export const memoryIsEnforced = (): boolean => platform() === "linux";

export class MemoryWatch {
  readonly #watched = new Set<WatchedEnvironment>();
  #timer: NodeJS.Timeout | null = null;

  add(environment: WatchedEnvironment): void {
    if (!memoryIsEnforced()) return;
    this.#watched.add(environment);
    this.#timer ??= setInterval(() => this.#sampleAll(), SAMPLE_MS);
  }

  remove(environment: WatchedEnvironment): void {
    this.#watched.delete(environment);
    if (this.#watched.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #sampleAll(): void {
    for (const one of this.#watched) if (!one.frozen) sampleMemory(one);
  }
}

/**
 * If `always` is false, takes no sample within 50 ms after the last sample. `always` must be true if that last sample may have come just
 * after the start of the process, when the process had not yet loaded much.
 */
export function sampleAtEnd(environment: WatchedEnvironment, { always }: { readonly always: boolean }): void {
  if (always || performance.now() - (sampledAt.get(environment) ?? -SAMPLE_MS) >= SAMPLE_MS)
    sampleMemory(environment);
}

function sampleMemory(environment: WatchedEnvironment): void {
  if (!memoryIsEnforced()) return;
  sampledAt.set(environment, performance.now());
  const bytes = environment.residentBytes();
  if (bytes > 0) environment.useMemory(bytes / 1024 / 1024);
}
