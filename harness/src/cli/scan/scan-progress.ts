/** Writes a line for each answer, and one every 12 seconds while a query runs. */
import type { InsightsProgress } from "../../adapters/aws/log-group-insights.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Output } from "../machine.ts";

const SHOW_EVERY_MS = 12_000;

export function scanProgress(
  output: Output,
  clock: Clock,
  questions: number,
): (state: InsightsProgress) => void {
  let [shown, at] = [0, clock.monotonic()];
  return ({ answered, bytesScanned }) => {
    const now = clock.monotonic();
    if (answered === shown && now - at < SHOW_EVERY_MS) return;
    [shown, at] = [answered, now];
    output.write(`${answered} of ${questions} queries, ${(bytesScanned / 1e9).toFixed(3)} GB read\n`);
  };
}
