/** `plan.json`: what the local platform is planned to do. And the result of an entry, a line of `logs/applied.jsonl`. */
import { z } from "zod";
import {
  ACTION_NAMES,
  APPLIED_RESULTS,
  ENDINGS,
  PLACEMENTS,
  PLATFORM_PROFILES,
  SELECTORS,
  type PlanEntry,
} from "./plan.ts";
import { member, openWord, record, typed, type Recorded } from "./schema/member.ts";

const ENTRY = record({
  offsetMs: member("kept", z.number(), { about: "milliseconds after the start of the run", checked: false }),
  action: member("kept", z.enum(ACTION_NAMES), { checked: false }),
  environments: member("kept", z.number().exactOptional(), { checked: false }),
  selector: member("kept", z.enum(SELECTORS).exactOptional(), { checked: false }),
  ending: member("kept", z.enum(ENDINGS).exactOptional(), { checked: false }),
  placement: member("kept", z.enum(PLACEMENTS).exactOptional(), { checked: false }),
});

export const PLAN = record({
  schemaVersion: member("kept", z.literal(1), { checked: false }),
  profile: member("text", typed<string>(openWord(PLATFORM_PROFILES)), {
    about: "the name of the platform profile, or the content of its file",
  }),
  seed: member("kept", z.number()),
  durationMs: member("kept", z.number(), { checked: false }),
  intervalMs: member("kept", z.number(), { checked: false }),
  placement: member("kept", z.enum(PLACEMENTS), {
    about: "which idle environment gets an invocation",
    checked: false,
  }),
  /** `PLAN_ACTIONS` says which members an entry has. */
  entries: member("kept", z.array(typed<PlanEntry>(ENTRY)), { about: "in ascending order of `offsetMs`" }),
});
export type Plan = Recorded<typeof PLAN>;

export const APPLIED_ENTRY = record({
  functionName: member("functionName", z.string()),
  entry: member("kept", z.number(), { about: "index into `entries` of the plan" }),
  result: member("kept", z.enum(APPLIED_RESULTS)),
  from: member("time", z.string()),
  to: member("time", z.string()),
  environments: member("stream", z.array(z.string())),
  detail: member("text", z.string().nullable(), { checked: false }),
});
export type AppliedEntry = Recorded<typeof APPLIED_ENTRY>;
