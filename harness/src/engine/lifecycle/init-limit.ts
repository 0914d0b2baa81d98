/** Computes how long an Init phase may last (docs/aws/limits.md). Pure. */
import type { FunctionSnapshot } from "../function-snapshot.ts";

const PROVISIONED_MS_MIN = 130_000;

/** Returns the limit in milliseconds. `onDemandMs` is the limit of on-demand functions. */
export function initLimitMs(snapshot: FunctionSnapshot, onDemandMs: number): number {
  return snapshot.initializationType === "on-demand"
    ? onDemandMs
    : Math.max(PROVISIONED_MS_MIN, snapshot.timeoutMs);
}
