/** The probes in their order, by the id of their row. The throttle needs the environment that the first probe makes. */
import type { Probe } from "../probe.ts";
import type { RowId } from "../rows.ts";
import { crash, timeOut } from "./failures.ts";
import { metricFilter } from "./metric-filter.ts";
import { throttle } from "./throttle.ts";
import { unusedInit } from "./unused-init.ts";
import { update } from "./update.ts";

export const PROBES: ReadonlyMap<RowId, Probe> = new Map<RowId, Probe>([
  ["unused-init", unusedInit],
  ["throttle", throttle],
  ["time-out", timeOut],
  ["crash", crash],
  ["update", update],
  ["metric-filter", metricFilter],
]);

/** Every row that a verification sees; two of them by deploying and destroying. */
export const SEEN_ROWS: readonly RowId[] = ["deploy", ...PROBES.keys(), "sweep"];
