/** What a verification costs at most, in USD. */
import { PEER_TASK, taskHourUsd } from "../../../harness/src/scan/cost/estimate-cost.ts";
import { PRICES } from "../../../harness/src/scan/cost/prices.ts";
import { ENDPOINTS, RUNNER_TASK, ZONES } from "../deployment-costs.ts";
import type { Tier } from "./row.ts";
import { MEMORY_MB, TIMEOUT_SECONDS } from "./verify-settings.ts";

/** How often functions are invoked at most: by all probes, and in tier `full` also by the runner's soak. */
export const INVOCATIONS: Readonly<Record<Tier, number>> = { lambda: 20, full: 1_000 };
/** One environment of each function with provisioned concurrency exists until the removal. Tier `full` has two such functions. */
const PROVISIONED_SECONDS: Readonly<Record<Tier, number>> = { lambda: 3_600, full: 2 * 3 * 3_600 };
/** Three alarms for each function. Tier `full` deploys three functions. */
const ALARMS = 9;
const MONTH_HOURS = 720;
/** The resources exist at most this long, including the waits of the probes and the removal. */
const HOURS: Readonly<Record<Tier, number>> = { lambda: 1, full: 3 };

export function estimateUsd(tier: Tier): number {
  const gb = MEMORY_MB / 1_024;
  const seconds = INVOCATIONS[tier] * TIMEOUT_SECONDS;
  const functions =
    INVOCATIONS[tier] * PRICES.lambdaRequestUsd +
    seconds * gb * PRICES.lambdaGbSecondUsd.x86_64 +
    PROVISIONED_SECONDS[tier] * gb * PRICES.lambdaProvisionedGbSecondUsd +
    (HOURS[tier] * ALARMS * PRICES.alarmMonthUsd) / MONTH_HOURS;
  if (tier === "lambda") return functions;
  const tasks = 2 * taskHourUsd(PEER_TASK) + taskHourUsd(RUNNER_TASK);
  const endpoints = ENDPOINTS.runner * ZONES * PRICES.interfaceEndpointHourUsd;
  return functions + HOURS[tier] * (tasks + endpoints);
}
