/** Writes a line for each answer, and one from time to time while a query runs. */
import type { InsightsProgress } from "../../adapters/aws/log-group-insights.ts";
import type { Clock } from "../../run/ports/clock.ts";
import type { Output } from "../machine.ts";
import { PLAIN_EVERY_MS } from "../status-line.ts";

export function scanProgress(
  output: Output,
  clock: Clock,
  questions: number,
): (state: InsightsProgress) => void {
  let [shown, at] = [0, clock.monotonic()];
  return ({ answered, bytesScanned }) => {
    const now = clock.monotonic();
    if (answered === shown && now - at < PLAIN_EVERY_MS) return;
    [shown, at] = [answered, now];
    output.write(`${answered} of ${questions} queries, ${(bytesScanned / 1e9).toFixed(3)} GB read\n`);
  };
}
