/** How long an Init phase may last (docs/aws/limits.md). Pure. */
import type { FunctionSnapshot } from "../function-snapshot.ts";

const PROVISIONED_MS_MIN = 130_000;

export function initLimitMs(snapshot: FunctionSnapshot, onDemandMs: number): number {
  // The 10 s limit applies to on-demand functions only.
  return snapshot.initializationType === "on-demand"
    ? onDemandMs
    : Math.max(PROVISIONED_MS_MIN, snapshot.timeoutMs);
}
