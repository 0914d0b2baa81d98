/**
 * The comparison of two runs. Intervals have 95 % confidence. An unknown value is null, never 0. A bound is null if the evidence does not
 * give it. docs/comparison.schema.json is made from this file (record/schema/json-schema.ts).
 */
import { z } from "zod";
import type { Caveat } from "./findings/comparison-caveats.ts";
import { member, record, type Recorded } from "../record/schema/member.ts";
import { COUNT, TEXT, VERDICT } from "../record/schema/result-members.ts";
import { RUN_FACTS } from "./run-result.ts";

const NUMBER_OR_NULL = z.number().nullable();

const DIFFERENCE = record(
  {
    value: member("kept", z.number()),
    low: member("kept", NUMBER_OR_NULL),
    high: member("kept", NUMBER_OR_NULL),
    shows: member("kept", z.enum(["lower", "higher", "neither"]), {
      about:
        "What holds for every value in the interval. neither: the interval contains 0, or may contain it because a bound is null.",
    }),
  },
  {
    id: "difference",
    description: "The value of the run after the change minus the value before it.",
  },
);
export type Difference = Recorded<typeof DIFFERENCE>;

const SHARE = record(
  {
    events: member("kept", COUNT),
    trials: member("kept", COUNT),
    share: member("kept", z.number().min(0).max(1).nullable(), { about: "Null if `trials` is 0." }),
  },
  { id: "trials" },
);
export type Share = Recorded<typeof SHARE>;

const COMPARED_SHARE = record(
  {
    name: member("kept", z.enum(["harmPerExposure", "failuresBegun"]), {
      about:
        "harmPerExposure: the share of exposures that did harm. failuresBegun: consecutive failed invocations count once, out of the invocations that could have begun such a series.",
    }),
    before: member("kept", SHARE),
    after: member("kept", SHARE),
    difference: member("kept", DIFFERENCE.nullable()),
  },
  { id: "share" },
);
export type ComparedShare = Recorded<typeof COMPARED_SHARE>;

const QUANTILE = record(
  {
    count: member("kept", COUNT),
    ms: member("kept", NUMBER_OR_NULL),
  },
  { id: "quantile" },
);

const COMPARED_LENGTH = record(
  {
    name: member("kept", TEXT, { about: "A path of result.json, such as latencyMs.p99." }),
    before: member("kept", QUANTILE),
    after: member("kept", QUANTILE),
    differenceMs: member("kept", DIFFERENCE.nullable()),
  },
  { id: "length" },
);
export type ComparedLength = Recorded<typeof COMPARED_LENGTH>;

const SIDE = record(
  {
    index: member("kept", COUNT, { about: "The index of the function in `functions` of its run's result." }),
    name: member("label", TEXT),
    verdict: member("kept", VERDICT),
    invocations: member("kept", COUNT),
    failed: member("kept", COUNT),
    harmed: member("kept", COUNT),
    exposures: member("kept", COUNT),
  },
  { id: "side" },
);
export type ComparedSide = Recorded<typeof SIDE>;

const PAIR = record(
  {
    before: member("kept", SIDE),
    after: member("kept", SIDE),
    shares: member("kept", z.array(COMPARED_SHARE)),
    lengths: member("kept", z.array(COMPARED_LENGTH)),
  },
  {
    id: "pair",
    description:
      "A function that is in both runs. It has the same name in both, or is the only function of each run.",
  },
);
export type FunctionComparison = Recorded<typeof PAIR>;

export const RUN_COMPARISON = record(
  {
    schemaVersion: member("kept", z.literal(1)),
    confidence: member("kept", z.number().gt(0).lt(1)),
    before: member("kept", RUN_FACTS),
    after: member("kept", RUN_FACTS),
    functions: member("kept", z.array(PAIR)),
    onlyBefore: member("label", z.array(TEXT), {
      about: "Functions without a partner in the other run, by name.",
    }),
    onlyAfter: member("label", z.array(TEXT)),
    caveats: member("text", z.array(TEXT), {
      about: "Other differences between the runs, and what weakens the comparison: one sentence for each.",
    }),
  },
  {
    title: "lambda-longrun comparison",
    description:
      "What `longrun report RUN --compare RUN --format json` prints: two runs before and after a change. A difference is after minus before, with the interval in which it lies with the given confidence. What is unknown is null, never 0; an end of an interval that is null is not bounded by the evidence. Members may be added; readers ignore those they do not know.",
  },
);
export type RunComparison = Recorded<typeof RUN_COMPARISON>;

export interface JudgedComparison extends Omit<RunComparison, "caveats"> {
  readonly caveats: readonly Caveat[];
}
