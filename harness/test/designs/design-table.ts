/**
 * What the search of `longrun explore` finds for each shipped design under each admission. docs/designs.md shows this table, and tests
 * check it with real processes.
 */
import type { Admission } from "../../src/words/admission.ts";
import type { ScheduleStep } from "../../src/explore/schedule.ts";
import type { Design } from "../../src/settings/function-choice.ts";

export interface DesignRow {
  readonly design: Design;
  readonly admission: Admission;
  /** The shortest schedule that breaks the design. Null if no schedule of up to `DEPTH` steps breaks it. */
  readonly breaking: readonly ScheduleStep[] | null;
}

/** All schedules of up to this many steps were played. */
export const DEPTH = 3;

/**
 * For some designs and numbers of steps: how many schedules of that many steps break the design under `refuse`. The text of
 * docs/designs.md has these numbers.
 */
export const BREAKING_SCHEDULES: ReadonlyMap<Design, Readonly<Record<number, number>>> = new Map([
  ["init-connect", { 3: 95 }],
  ["graceful-connect", { 3: 90 }],
  ["handler-connect", { 2: 5, 3: 35 }],
]);

const AHEAD_ELSEWHERE: readonly ScheduleStep[] = [
  { step: "initialise-ahead" },
  { step: "invoke", environment: "new" },
];
const KEPT: readonly ScheduleStep[] = [
  { step: "invoke", environment: "new" },
  { step: "invoke", environment: "new" },
];
/** A schedule in which the host of an environment disappears silently during an invocation. */
export const SILENT_END: readonly ScheduleStep[] = [
  { step: "invoke-and-end", environment: "new", ending: "silence" },
  { step: "invoke", environment: "new" },
];

export const DESIGN_TABLE: readonly DesignRow[] = [
  { design: "init-connect", admission: "refuse", breaking: AHEAD_ELSEWHERE },
  { design: "init-connect", admission: "backlog", breaking: AHEAD_ELSEWHERE },
  { design: "init-connect", admission: "evict", breaking: null },
  { design: "lazy-connect", admission: "refuse", breaking: KEPT },
  { design: "lazy-connect", admission: "backlog", breaking: KEPT },
  { design: "lazy-connect", admission: "evict", breaking: null },
  { design: "graceful-connect", admission: "refuse", breaking: AHEAD_ELSEWHERE },
  { design: "graceful-connect", admission: "backlog", breaking: AHEAD_ELSEWHERE },
  { design: "graceful-connect", admission: "evict", breaking: null },
  { design: "handler-connect", admission: "refuse", breaking: SILENT_END },
  { design: "handler-connect", admission: "backlog", breaking: SILENT_END },
  { design: "handler-connect", admission: "evict", breaking: null },
  { design: "lease-connect", admission: "refuse", breaking: null },
  { design: "lease-connect", admission: "backlog", breaking: SILENT_END },
  { design: "lease-connect", admission: "evict", breaking: null },
];
