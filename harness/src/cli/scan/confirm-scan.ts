import { PRICES } from "../../scan/cost/prices.ts";
import type { ScanEstimate } from "../../scan/estimate-scan.ts";
import { durationMs, formatDuration, roundedDuration } from "../../base/time.ts";
import { confirm } from "../confirm.ts";
import type { Machine } from "../machine.ts";

export function scanCostText(
  groups: number,
  range: { readonly fromMs: number; readonly toMs: number },
  { bytes, usd }: ScanEstimate,
): string {
  const length = formatDuration(roundedDuration(durationMs(range.toMs - range.fromMs)));
  return [
    `${groups} log group${groups === 1 ? "" : "s"}, ${length}: about ${(bytes / 1e9).toFixed(3)} GB to read, ${usd < 0.01 ? "less than $0.01" : `about $${usd.toFixed(2)}`}.`,
    "Estimated from each group's stored bytes, spread evenly over its retention time.",
    "A busy period costs more than that, and so do logs that AWS stores compressed.",
    `Logs Insights: $${PRICES.logsScannedGbUsd} a GB in ${PRICES.region} as of ${PRICES.asOf};`,
    PRICES.sources[1],
  ].join("\n");
}

export async function confirmScan(machine: Machine, yes: boolean): Promise<void> {
  if (!yes) await confirm(machine, { command: "longrun scan", question: "Start?" });
}
