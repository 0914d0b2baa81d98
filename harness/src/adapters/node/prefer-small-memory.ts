/**
 * For a process whose input may be of any length: the heap is collected before it has grown to several times what lives in it. Measured on
 * `longrun analyze`, 10,000,000 events: a third less memory, a twentieth more time (docs/benchmarks.md).
 */
import { setFlagsFromString } from "node:v8";

/** V8 looks at the flag each time it decides how far the heap may grow; Node leaves flags open after the start for such uses. */
export function preferSmallMemory(): void {
  setFlagsFromString("--optimize-for-size");
}
