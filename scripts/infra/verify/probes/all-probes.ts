/**
 * Probes in the order in which they run. `throttle` needs the environment of `unused-init`. `metrics` and `log-queries` come last, because
 * they count what the other probes did.
 */
import type { Probe } from "../probe.ts";
import type { RowId } from "../rows.ts";
import { crash, timeOut } from "./failures.ts";
import { frozenClock } from "./frozen-clock.ts";
import { lease } from "./lease.ts";
import { logQueries } from "./log-queries.ts";
import { logsKms } from "./logs-kms.ts";
import { metricFilter } from "./metric-filter.ts";
import { metrics } from "./metrics.ts";
import { nodejs24 } from "./nodejs24.ts";
import { quota } from "./quota.ts";
import { stateS3 } from "./state-s3.ts";
import { takenNames } from "./taken-names.ts";
import { throttle } from "./throttle.ts";
import { unusedInit } from "./unused-init.ts";
import { unusedInitCost } from "./unused-init-cost.ts";
import { update } from "./update.ts";

export const PROBES: ReadonlyMap<RowId, Probe> = new Map<RowId, Probe>([
  ["unused-init", unusedInit],
  ["unused-init-cost", unusedInitCost],
  ["throttle", throttle],
  ["time-out", timeOut],
  ["crash", crash],
  ["frozen-clock", frozenClock],
  ["update", update],
  ["metric-filter", metricFilter],
  ["lease", lease],
  ["quota", quota],
  ["taken-names", takenNames],
  ["logs-kms", logsKms],
  ["state-s3", stateS3],
  ["nodejs24", nodejs24],
  ["metrics", metrics],
  ["log-queries", logQueries],
]);

/** The deployment and the removal give the results of these rows. */
export const SEEN_WITHOUT_PROBE = ["deploy", "provider-6", "sweep"] as const satisfies readonly RowId[];
