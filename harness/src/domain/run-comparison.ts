/**
 * The comparison of two runs. Intervals have 95 % confidence. An unknown value is null, never 0. A bound is null if the evidence does not
 * give it. docs/comparison.schema.json is made from this file (domain/record/json-schema.ts).
 */
import { z } from "zod";
import type { Caveat } from "./findings/comparison-caveats.ts";
import type { Recorded } from "./record/member.ts";
import { COUNT, TEXT, VERDICT } from "./record/result-members.ts";
import { RUN_FACTS } from "./run-result.ts";

const NUMBER_OR_NULL = z.number().nullable();

const DIFFERENCE = z
  .object({
    value: z.number(),
    low: NUMBER_OR_NULL,
    high: NUMBER_OR_NULL,
    shows: z
      .enum(["lower", "higher", "neither"])
      .describe(
        "What holds for every value in the interval. neither: the interval contains 0, or may contain it because a bound is null.",
      ),
  })
  .meta({
    id: "difference",
    description: "The value of the run after the change minus the value before it.",
  });
export type Difference = Recorded<typeof DIFFERENCE>;

const SHARE = z
  .object({
    events: COUNT,
    trials: COUNT,
    share: z.number().min(0).max(1).nullable().describe("Null if `trials` is 0."),
  })
  .meta({ id: "trials" });
export type Share = Recorded<typeof SHARE>;

const COMPARED_SHARE = z
  .object({
    name: z
      .enum(["harmPerExposure", "failuresBegun"])
      .describe(
        "harmPerExposure: the share of exposures that did harm. failuresBegun: consecutive failed invocations count once, out of the invocations that could have begun such a series.",
      ),
    before: SHARE,
    after: SHARE,
    difference: DIFFERENCE.nullable(),
  })
  .meta({ id: "share" });
export type ComparedShare = Recorded<typeof COMPARED_SHARE>;

const QUANTILE = z.object({ count: COUNT, ms: NUMBER_OR_NULL }).meta({ id: "quantile" });

const COMPARED_LENGTH = z
  .object({
    name: TEXT.describe("A path of result.json, such as latencyMs.p99."),
    before: QUANTILE,
    after: QUANTILE,
    differenceMs: DIFFERENCE.nullable(),
  })
  .meta({ id: "length" });
export type ComparedLength = Recorded<typeof COMPARED_LENGTH>;

const SIDE = z
  .object({
    index: COUNT.describe("The index of the function in `functions` of its run's result."),
    name: TEXT,
    verdict: VERDICT,
    invocations: COUNT,
    failed: COUNT,
    harmed: COUNT,
    exposures: COUNT,
  })
  .meta({ id: "side" });
export type ComparedSide = Recorded<typeof SIDE>;

const PAIR = z
  .object({
    before: SIDE,
    after: SIDE,
    shares: z.array(COMPARED_SHARE),
    lengths: z.array(COMPARED_LENGTH),
  })
  .meta({
    id: "pair",
    description:
      "A function that is in both runs. It has the same name in both, or is the only function of each run.",
  });
export type FunctionComparison = Recorded<typeof PAIR>;

export const RUN_COMPARISON = z
  .object({
    schemaVersion: z.literal(1),
    confidence: z.number().gt(0).lt(1),
    before: RUN_FACTS,
    after: RUN_FACTS,
    functions: z.array(PAIR),
    onlyBefore: z.array(TEXT).describe("Functions without a partner in the other run, by name."),
    onlyAfter: z.array(TEXT),
    caveats: z
      .array(TEXT)
      .describe(
        "Other differences between the runs, and what weakens the comparison: one sentence for each.",
      ),
  })
  .meta({
    title: "lambda-longrun comparison",
    description:
      "What `longrun report RUN --compare RUN --format json` prints: two runs before and after a change. A difference is after minus before, with the interval in which it lies with the given confidence. What is unknown is null, never 0; an end of an interval that is null is not bounded by the evidence. Members may be added; readers ignore those they do not know.",
  });
export type RunComparison = Recorded<typeof RUN_COMPARISON>;

export interface JudgedComparison extends Omit<RunComparison, "caveats"> {
  readonly caveats: readonly Caveat[];
}
