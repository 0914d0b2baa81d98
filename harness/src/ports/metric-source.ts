/** CloudWatch's metrics of a function, asked as often as it takes. */
import type { MetricPoint, MetricRange } from "../domain/function-metrics.ts";

export interface MetricSource {
  /** Sums of minutes over the whole range, every page of them, ascending. Throws "unavailable" where they cannot be read. */
  read(functionName: string, range: MetricRange, signal: AbortSignal): Promise<readonly MetricPoint[]>;
  close(): void;
}
