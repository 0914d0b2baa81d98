/** What a verification costs at most, in USD. Pure. */
import { PRICES } from "../../../harness/src/cost/prices.ts";
import { MEMORY_MB, TIMEOUT_SECONDS } from "./verify-settings.ts";

/** More than the probes together make. */
export const INVOCATIONS = 20;
/** How long the provisioned environment exists at most, with the wait until it is ready. */
const PROVISIONED_SECONDS = 1_200;
const ALARMS = 3;
const MONTH_HOURS = 720;

export function estimateUsd(): number {
  const gb = MEMORY_MB / 1_024;
  const seconds = INVOCATIONS * TIMEOUT_SECONDS;
  return (
    INVOCATIONS * PRICES.lambdaRequestUsd +
    seconds * gb * PRICES.lambdaGbSecondUsd.x86_64 +
    PROVISIONED_SECONDS * gb * PRICES.lambdaProvisionedGbSecondUsd +
    (ALARMS * PRICES.alarmMonthUsd) / MONTH_HOURS
  );
}
