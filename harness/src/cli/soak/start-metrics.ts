/** `--metrics`: figures for Prometheus. */
import type { SoakSettings } from "../../settings/soak-settings.ts";
import type { Metrics } from "../../run/ports/metrics.ts";

export interface ServedMetrics {
  readonly metrics: Metrics;
  readonly url: string;
  close(): Promise<void>;
}

export async function startMetrics({
  metrics: address,
  functions,
}: SoakSettings): Promise<ServedMetrics | null> {
  if (address === null) return null;
  const [{ runMetrics }, { serveMetrics }, { systemClock }] = await Promise.all([
    import("../../adapters/node/run-metrics.ts"),
    import("../../adapters/node/metrics-server.ts"),
    import("../../adapters/node/system-clock.ts"),
  ]);
  const metrics = runMetrics(
    functions.map(({ label }) => label),
    systemClock,
  );
  const server = await serveMetrics(address, metrics);
  return { metrics, url: server.url, close: () => server.close() };
}
