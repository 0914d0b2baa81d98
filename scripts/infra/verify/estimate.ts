/** What a verification costs at most, in USD. Pure. */
import { PRICES } from "../../../harness/src/cost/prices.ts";
import type { Tier } from "./row.ts";
import { MEMORY_MB, TIMEOUT_SECONDS } from "./verify-settings.ts";

/** Upper limits for the invocations of all probes, without those of the runner's soak. */
export const INVOCATIONS: Readonly<Record<Tier, number>> = { lambda: 20, full: 1_000 };
/** How long the provisioned environments exist at most, with the wait until they are ready. */
const PROVISIONED_SECONDS = 1_200;
const ALARMS = 9;
const MONTH_HOURS = 720;
/** Tier `full` with its waits, and the removal. */
const FULL_HOURS = 3;
const TASKS = { vcpu: 2 * 0.25 + 0.5, gb: 2 * 0.5 + 1 };
/** Five endpoints in two zones, by the hour: the same price as in infra/README.md. */
const ENDPOINTS_HOUR_USD = 0.1;

export function estimateUsd(tier: Tier): number {
  const gb = MEMORY_MB / 1_024;
  const seconds = INVOCATIONS[tier] * TIMEOUT_SECONDS;
  const functions =
    INVOCATIONS[tier] * PRICES.lambdaRequestUsd +
    seconds * gb * PRICES.lambdaGbSecondUsd.x86_64 +
    PROVISIONED_SECONDS * gb * PRICES.lambdaProvisionedGbSecondUsd +
    (ALARMS * PRICES.alarmMonthUsd) / MONTH_HOURS;
  if (tier === "lambda") return functions;
  const tasks = TASKS.vcpu * PRICES.fargateVcpuHourUsd + TASKS.gb * PRICES.fargateGbHourUsd;
  return functions + FULL_HOURS * (tasks + ENDPOINTS_HOUR_USD);
}
