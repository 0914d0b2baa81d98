/**
 * Two runs side by side, before and after a change: figures, the difference between them, and the interval in which that difference lies with 95 %
 * confidence. An unknown value is null, never 0. A bound of an interval is null if the evidence does not give it.
 */
import type { Caveat } from "./findings/comparison-caveats.ts";
import type { RunResult } from "./run-result.ts";
import type { Verdict } from "./verdict.ts";

/** A difference: after minus before. */
export interface Difference {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** `lower`: the complete interval is below 0. `higher`: it is above 0. `neither`: it contains 0, or it is not bounded. */
  readonly shows: "lower" | "higher" | "neither";
}

export interface Share {
  readonly events: number;
  readonly trials: number;
  /** Null if `trials` is 0. */
  readonly share: number | null;
}

export interface ComparedShare {
  /**
   * `harmPerExposure`: the share of exposures that did harm. `failuresBegun`: the number of series of failures, divided by the number of
   * invocations that could have begun a series.
   */
  readonly name: "harmPerExposure" | "failuresBegun";
  readonly before: Share;
  readonly after: Share;
  readonly difference: Difference | null;
}

export interface ComparedLength {
  /** A path of result.json, such as `latencyMs.p99`. */
  readonly name: string;
  readonly before: { readonly count: number; readonly ms: number | null };
  readonly after: { readonly count: number; readonly ms: number | null };
  readonly differenceMs: Difference | null;
}

/** One function of a pair: its index in its own result, and its counts. */
export interface ComparedSide {
  /** Index into `functions` of its run. */
  readonly index: number;
  readonly name: string;
  readonly verdict: Verdict;
  readonly invocations: number;
  readonly failed: number;
  readonly harmed: number;
  readonly exposures: number;
}

export interface FunctionComparison {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly shares: readonly ComparedShare[];
  readonly lengths: readonly ComparedLength[];
}

export interface RunComparison {
  readonly schemaVersion: 1;
  readonly confidence: number;
  readonly before: RunResult["run"];
  readonly after: RunResult["run"];
  readonly functions: readonly FunctionComparison[];
  /** Functions without a partner in the other run, by name. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
  /** Other differences between the runs, and what weakens the comparison: one plain sentence for each. */
  readonly caveats: readonly string[];
}

/** The comparison before report/wording has made its sentences. */
export interface JudgedComparison extends Omit<RunComparison, "caveats"> {
  readonly caveats: readonly Caveat[];
}
