/**
 * Two runs side by side, before and after a change: figures, the difference between them, and the interval in which that difference lies
 * with 95 % confidence. What is unknown is null, never 0. An end of an interval is null if the evidence does not bound it.
 */
import type { Caveat } from "./findings/comparison-caveats.ts";
import type { RunResult } from "./run-result.ts";
import type { Verdict } from "./verdict.ts";

/** After minus before. */
export interface Difference {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** What the interval shows: all of it below 0, all of it above, or neither. */
  readonly shows: "lower" | "higher" | "neither";
}

export interface Share {
  readonly events: number;
  readonly trials: number;
  /** Null without a trial. */
  readonly share: number | null;
}

export interface ComparedShare {
  /**
   * `harmPerExposure`: the share of exposures that did harm. `failuresBegun`: stretches of failures, per invocation that could have begun
   * one.
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
  /** What else differs between the runs, or weakens the comparison; one plain sentence each. */
  readonly caveats: readonly string[];
}

/** The comparison before report/wording has made its sentences. */
export interface JudgedComparison extends Omit<RunComparison, "caveats"> {
  readonly caveats: readonly Caveat[];
}
