/**
 * Measures the resident memory of environments while they are thawed, and at the end of phases. Works only on Linux. Between two samples
 * the memory may exceed the limit (docs/fidelity.md#memory-isolation-time-outs).
 */
import { readFileSync } from "node:fs";
import { platform } from "node:os";

const SAMPLE_MS = 50;
const PAGE_BYTES = 4_096;

/** The time at which each environment was last measured, by the monotonic clock. */
const sampledAt = new WeakMap<WatchedEnvironment, number>();

export interface WatchedEnvironment {
  readonly processIds: readonly number[];
  readonly frozen: boolean;
  /** The size in mebibytes. */
  useMemory(sizeMb: number): void;
}

export const memoryIsEnforced = (): boolean => platform() === "linux";

export class MemoryWatch {
  private readonly watched = new Set<WatchedEnvironment>();
  private timer: NodeJS.Timeout | null = null;

  add(environment: WatchedEnvironment): void {
    if (!memoryIsEnforced()) return;
    this.watched.add(environment);
    this.timer ??= setInterval(() => this.sampleAll(), SAMPLE_MS);
  }

  remove(environment: WatchedEnvironment): void {
    this.watched.delete(environment);
    if (this.watched.size > 0 || this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
  }

  private sampleAll(): void {
    for (const one of this.watched) if (!one.frozen) sampleMemory(one);
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
  const bytes = environment.processIds.reduce((sum, processId) => sum + residentBytes(processId, 0), 0);
  if (bytes > 0) environment.useMemory(bytes / 1024 / 1024);
}

/** Returns the memory of a process and its descendants. Sizes are read one after the other, so the sum is an estimate. */
function residentBytes(processId: number, depth: number): number {
  let bytes = 0;
  try {
    bytes = Number(readFileSync(`/proc/${processId}/statm`, "latin1").split(" ")[1] ?? 0) * PAGE_BYTES;
    if (depth > 8) return bytes;
    const children = readFileSync(`/proc/${processId}/task/${processId}/children`, "latin1").trim();
    for (const child of children === "" ? [] : children.split(" "))
      bytes += residentBytes(Number(child), depth + 1);
  } catch {
    return bytes; // the process is gone, or the kernel has no list of children
  }
  return bytes;
}
