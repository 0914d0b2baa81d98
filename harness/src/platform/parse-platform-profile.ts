/** Reads the content of a profile file. Each problem has its path and what was expected. */
import { z } from "zod";
import { invariant } from "../base/invariant.ts";
import {
  ACTION_NAMES,
  DEFAULT_PLACEMENT,
  ENDINGS,
  forMembers,
  PLACEMENTS,
  SELECTORS,
} from "../record/plan.ts";
import type { PlatformProfile, RecurringEvent } from "./platform-profile.ts";

type ParsedPlatformProfile =
  | { readonly profile: PlatformProfile; readonly problems: null }
  | { readonly profile: null; readonly problems: readonly string[] };

/** No real platform is faster, and this limit also bounds the length of a plan. */
export const GAP_MS_LEAST = 250;
/** A week. */
export const GAP_MS_MOST = 7 * 86_400_000;

const range = (least: number, most: number): z.ZodType<[number, number]> =>
  z
    .tuple([z.number().min(least).max(most), z.number().min(least).max(most)])
    .refine(([from, to]) => from <= to, { error: "the first number must not be greater than the second" });

const gap = {
  everyMs: range(GAP_MS_LEAST, GAP_MS_MOST),
  everyIntervals: range(0, 1_000_000).default([0, 0]),
};

const members = {
  selector: z.enum(SELECTORS),
  ending: z.enum(ENDINGS),
  placement: z.enum(PLACEMENTS),
};

const [firstEvent, ...otherEvents] = ACTION_NAMES.filter((action) => action !== "ahead-elsewhere").map(
  (action) =>
    z.strictObject({ action: z.literal(action), ...forMembers<z.ZodType>(action, members), ...gap }),
);
invariant(firstEvent !== undefined, "a profile has events");
const event = z.discriminatedUnion("action", [firstEvent, ...otherEvents]) as z.ZodType<RecurringEvent>;

const profile = z.strictObject({
  name: z.string().min(1).max(80),
  placement: z.enum(PLACEMENTS).default(DEFAULT_PLACEMENT),
  aheadElsewhere: z.strictObject(gap).nullable().default(null),
  aheadUndisturbed: z.boolean().default(true),
  events: z.array(event).max(100).default([]),
});

export function parsePlatformProfile(content: unknown): ParsedPlatformProfile {
  const parsed = profile.safeParse(content);
  if (parsed.success) return { profile: parsed.data, problems: null };
  const problems = parsed.error.issues.map((issue) => {
    const path = issue.path
      .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
      .join("");
    return `${path === "" ? "the profile" : path.replace(/^\./, "")}: ${issue.message}`;
  });
  return { profile: null, problems };
}
