/** Schemas of the control API's request bodies. If a body is refused, the message lists all its errors, not only the first. Pure. */
import { z } from "zod";
import { invariant } from "../../../base/invariant.ts";
import {
  ACTION_NAMES,
  ENDINGS,
  forMembers,
  PLACEMENTS,
  PLAN_ENTRIES_MAX,
  SELECTORS,
  type ActionMembers,
  type PlanEntry,
} from "../../../record/plan.ts";

const placement = z.enum(PLACEMENTS);
const selector = z.enum(SELECTORS);
const ending = z.enum(ENDINGS);
const environment = z.string().min(1).max(512);
const members: { readonly [Name in keyof Required<ActionMembers>]: z.ZodType<ActionMembers[Name]> } = {
  environments: z.number().int().min(1).max(1_000).exactOptional(),
  selector,
  ending,
  placement,
};

const [firstEntry, ...otherEntries] = ACTION_NAMES.map((action) =>
  z.object({
    action: z.literal(action),
    ...forMembers<z.ZodType>(action, members),
    offsetMs: z.number().nonnegative(),
  }),
);
invariant(firstEntry !== undefined, "a plan has actions");
const entry = z.discriminatedUnion("action", [firstEntry, ...otherEntries]) as z.ZodType<PlanEntry>;

export const loadPlanSchema = z.object({
  plan: z.object({
    schemaVersion: z.literal(1),
    profile: z.string().max(256),
    seed: z.number(),
    durationMs: z.number().nonnegative(),
    intervalMs: z.number().positive(),
    placement,
    entries: z
      .array(entry)
      .max(PLAN_ENTRIES_MAX)
      .refine(
        (entries) =>
          entries.every((one, index) => index === 0 || one.offsetMs >= (entries[index - 1]?.offsetMs ?? 0)),
        "entries must ascend by offsetMs",
      ),
  }),
  functions: z.array(z.string().min(1).max(64)).min(1).max(1_000),
  startAt: z.iso.datetime({ offset: true }),
  replaces: z.boolean().exactOptional(),
});

const which = z.union([
  z.object({ selector, environment: z.undefined().optional() }),
  z.object({ environment, selector: z.undefined().optional() }),
]);

export const controlStepSchema = z.union([
  z.object({ step: z.literal("initialise-ahead") }),
  z.object({ step: z.literal("place-next"), placement, environment: z.undefined().optional() }),
  z.object({ step: z.literal("place-next"), environment, placement: z.undefined().optional() }),
  z.object({ step: z.literal("retire"), ending }).and(which),
  z.object({ step: z.literal("crash") }).and(which),
]);
