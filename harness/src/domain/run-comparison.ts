/**
 * The comparison of two runs. Intervals have 95 % confidence. An unknown value is null, never 0. A bound is null if the evidence does not
 * give it.
 */
import type { Caveat } from "./findings/comparison-caveats.ts";
import type { RunResult } from "./run-result.ts";
import type { Verdict } from "./verdict.ts";

/** The value of the run after the change minus the value of the run before it. */
export interface Difference {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /**
   * `lower`: the whole interval is below 0. `higher`: it is above 0. `neither`: the interval contains 0, or may contain it because a bound
   * is null.
   */
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
   * `harmPerExposure`: the share of exposures that did harm. `failuresBegun`: among the invocations that could have begun a series of
   * failures, the share that began one.
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

export interface ComparedSide {
  /** The index of the function in `functions` of its run's result. */
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
  /** Names of functions without a partner in the other run. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
  /** One sentence for each difference between the runs that weakens the comparison. */
  readonly caveats: readonly string[];
}

export interface JudgedComparison extends Omit<RunComparison, "caveats"> {
  readonly caveats: readonly Caveat[];
}
