/** Before a long soak on AWS: reads the sizes of the functions, and says what the run costs. */
import { serviceConnection } from "../../adapters/aws/service-connection.ts";
import type { SoakSettings } from "../../settings/soak-settings.ts";
import type { Machine } from "../machine.ts";
import { confirmCost, isLong } from "./confirm-cost.ts";

export async function sayCost(machine: Machine, settings: SoakSettings): Promise<void> {
  const { target, duration, interval, region } = settings;
  if (target !== "aws" || !isLong(duration)) return;
  const [{ functionSizes }, { estimateCost }] = await Promise.all([
    import("../../adapters/aws/function-sizes.ts"),
    import("../../scan/cost/estimate-cost.ts"),
  ]);
  const names = settings.functions.flatMap(({ source }) =>
    source.kind === "existing" ? [source.functionName] : [],
  );
  const functions = await functionSizes(serviceConnection({ region, endpoint: null }), names);
  const estimate = estimateCost({
    durationMs: duration,
    intervalMs: interval,
    inFlight: settings.reservedConcurrency,
    functions,
    managedPeers: settings.peerLogs.length,
  });
  await confirmCost(machine, estimate, duration, settings.yes);
}
