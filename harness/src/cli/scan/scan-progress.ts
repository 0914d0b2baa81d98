/** How far a scan has come, on standard error: a line for each answer, and one now and then while a query runs. */
import type { InsightsProgress } from "../../adapters/aws/log-group-insights.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Output } from "../machine.ts";

const TELL_EVERY_MS = 12_000;

export function scanProgress(
  output: Output,
  clock: Clock,
  questions: number,
): (state: InsightsProgress) => void {
  let [told, at] = [0, clock.monotonic()];
  return ({ answered, bytesScanned }) => {
    const now = clock.monotonic();
    if (answered === told && now - at < TELL_EVERY_MS) return;
    [told, at] = [answered, now];
    output.write(`${answered} of ${questions} queries, ${(bytesScanned / 1e9).toFixed(3)} GB read\n`);
  };
}
