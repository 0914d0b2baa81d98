import type { CostEstimate } from "../../scan/cost/estimate-cost.ts";
import { PRICES } from "../../scan/cost/prices.ts";
import { formatDuration, type DurationMs } from "../../base/time.ts";
import { confirm } from "../confirm.ts";
import type { Machine } from "../machine.ts";

/** A shorter soak costs so little that no estimate is shown. */
const LONG_MS = 3_600_000;
const ASK_ABOVE_USD = 5;

export function isLong(duration: DurationMs): boolean {
  return duration >= LONG_MS;
}

export async function confirmCost(
  machine: Machine,
  estimate: CostEstimate,
  duration: DurationMs,
  yes: boolean,
): Promise<void> {
  machine.stderr.write(`${costText(estimate, duration)}\n`);
  if (estimate.mostUsd <= ASK_ABOVE_USD || yes) return;
  await confirm(machine, {
    command: "longrun soak",
    question: "Go on?",
    why: `this run may cost more than ${usd(ASK_ABOVE_USD)}`,
  });
}

export function costText({ lines, expectedUsd, mostUsd }: CostEstimate, duration: DurationMs): string {
  const rows = lines.map(({ what, expectedUsd: expected }) => `  ${usd(expected).padStart(10)}  ${what}`);
  return [
    `An estimate, not a bill: about ${usd(expectedUsd)} for ${formatDuration(duration)}, at most ${usd(mostUsd)} if every invocation times out.`,
    ...rows,
    `Prices of ${PRICES.region} as of ${PRICES.asOf}, without free tier, VPC endpoints, NAT and data transfer:`,
    `${PRICES.sources[0]}`,
  ].join("\n");
}

function usd(amount: number): string {
  return amount > 0 && amount < 0.01 ? "< $0.01" : `$${amount.toFixed(2)}`;
}
