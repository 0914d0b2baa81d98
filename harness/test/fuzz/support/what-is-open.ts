/** Counts what this process holds (sockets, files, timers, processes, memory), so that leaks show after many cases. */
import { readdirSync } from "node:fs";
import { getActiveResourcesInfo, memoryUsage } from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** The number of open resources of each kind. */
export type OpenThings = ReadonlyMap<string, number>;

/** File descriptors are counted only on Linux. */
export function whatIsOpen(): OpenThings {
  const kinds = new Map<string, number>();
  for (const kind of getActiveResourcesInfo()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return kinds.set("file descriptor", openDescriptors());
}

/** Returns a text for each kind of resource of which there are more now than before. */
export function moreThan(before: OpenThings): readonly string[] {
  return [...whatIsOpen()]
    .filter(([kind, count]) => count > (before.get(kind) ?? 0))
    .map(([kind, count]) => `${kind}: ${before.get(kind) ?? 0} before, ${count} now`);
}

function openDescriptors(): number {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return 0;
  }
}

let collectGarbage: (() => void) | null = null;

/**
 * Returns the bytes of reachable memory. Collects garbage more than once, because objects that one collection finalises are freed only by
 * the next.
 */
export async function memoryHeld(): Promise<number> {
  if (collectGarbage === null) {
    setFlagsFromString("--expose-gc");
    collectGarbage = runInNewContext("gc") as () => void;
  }
  for (let round = 0; round < 3; round += 1) {
    collectGarbage();
    await new Promise((done) => setImmediate(done));
  }
  const { heapUsed, external } = memoryUsage();
  return heapUsed + external;
}
