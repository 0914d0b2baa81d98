import type { MetricPoint, MetricRange } from "../../record/function-metrics.ts";

export interface MetricSource {
  /** The sums per minute of the whole range, in ascending order. Throws "unavailable" if they cannot be read. */
  read(functionName: string, range: MetricRange, signal: AbortSignal): Promise<readonly MetricPoint[]>;
  close(): void;
}
