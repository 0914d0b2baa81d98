/**
 * The content of a comparison for every form of the report. For every figure, lower is better. A figure counts as better if the whole
 * confidence interval of its difference is below zero, and as worse if the whole confidence interval is above zero.
 */
import type {
  ComparedLength,
  ComparedShare,
  ComparedSide,
  Difference,
  FunctionComparison,
  RunComparison,
} from "../../result/run-comparison.ts";
import type { RunResult } from "../../result/run-result.ts";
import type { Verdict } from "../../words/verdict.ts";
import { formatLength } from "./format-time.ts";
import { viewModel, type FunctionView, type RunView } from "./view-model.ts";
import { count, VERDICT_VERB } from "../wording/fixed-words.ts";

export interface ComparedRuns {
  readonly comparison: RunComparison;
  readonly before: RunResult;
  readonly after: RunResult;
}

export interface ComparisonRow {
  readonly label: string;
  readonly before: string;
  readonly after: string;
  /** The value after minus the value before. `–` if one of them is unknown. */
  readonly difference: string;
  readonly interval: string;
  readonly shows: "better" | "worse" | "not shown" | "–";
}

export interface SideView {
  readonly when: "before" | "after";
  /** Index of the function in its run. */
  readonly index: number;
  readonly view: FunctionView;
}

export interface PairView {
  readonly title: string;
  /** Such as `gateway failed before and passed after`, without a full stop. */
  readonly sentence: string;
  readonly harm: string;
  readonly verdicts: readonly [Verdict, Verdict];
  readonly sides: readonly [SideView, SideView];
  readonly rows: readonly ComparisonRow[];
}

export interface ComparisonView {
  readonly headline: string;
  readonly before: RunView;
  readonly after: RunView;
  readonly pairs: readonly PairView[];
  /** Sentences about functions that only one run has, and about other differences between the runs. */
  readonly caveats: readonly string[];
  readonly notes: readonly string[];
}

export function comparisonView({ comparison, before, after }: ComparedRuns): ComparisonView {
  const [first, second] = [viewModel(before), viewModel(after)];
  const pairs = comparison.functions.flatMap((each) => {
    const [one, other] = [first.functions[each.before.index], second.functions[each.after.index]];
    return one === undefined || other === undefined ? [] : [pairView(each, one, other)];
  });
  const alone = (names: readonly string[], when: string): readonly string[] =>
    names.length === 0 ? [] : [`Functions that only the run ${when} has: ${names.join(", ")}.`];
  return {
    headline: pairs.map(({ sentence }) => `${sentence}.`).join(" "),
    before: first,
    after: second,
    pairs,
    caveats: [
      ...comparison.caveats,
      ...alone(comparison.onlyBefore, "before the change"),
      ...alone(comparison.onlyAfter, "after the change"),
    ],
    notes: [
      `The difference is after minus before; with ${Math.round(comparison.confidence * 100)} % confidence it lies in the interval. The bounds are exact and assume no distribution, so with few exposures or invocations they are wide.`,
      "Failures begun: each series of failed invocations counts once. The total is the number of invocations that could have begun a series. Points are percentage points.",
    ],
  };
}

function pairView(pair: FunctionComparison, one: FunctionView, other: FunctionView): PairView {
  const same = one.name === other.name;
  const [harm] = pair.shares;
  return {
    title: same ? one.name : `${one.name} and ${other.name}`,
    sentence: same
      ? `${one.name} ${verdictVerb(one.verdict)} before and ${verdictVerb(other.verdict)} after`
      : `${one.name} ${verdictVerb(one.verdict)} before, ${other.name} ${verdictVerb(other.verdict)} after`,
    harm: harm === undefined ? "" : harmSentence(harm),
    verdicts: [one.verdict, other.verdict],
    sides: [
      { when: "before", index: pair.before.index, view: one },
      { when: "after", index: pair.after.index, view: other },
    ],
    rows: [
      ...pair.shares.flatMap((each) => [
        shareRow(each),
        each.name === "harmPerExposure"
          ? countRow("Harmed invocations", pair, ({ harmed }) => harmed)
          : countRow("Failed invocations", pair, ({ failed }) => failed),
      ]),
      ...pair.lengths.map(lengthRow),
    ],
  };
}

function verdictVerb(verdict: Verdict): string {
  return verdict === "inconclusive" ? "was inconclusive" : VERDICT_VERB[verdict];
}

function harmSentence({ before, after, difference }: ComparedShare): string {
  const counts = `${before.events} of ${count(before.trials, "exposure")} did harm before, ${after.events} of ${after.trials} after`;
  if (difference === null)
    return `${counts}: nothing can be compared, because that needs an exposure in each run.`;
  if (difference.value === 0) return `${counts}: no difference.`;
  if (difference.shows === "neither")
    return `${counts}: too few exposures to show a difference with 95 % confidence. Longer runs may show one.`;
  const [bound, word] = difference.shows === "lower" ? [difference.high, "less"] : [difference.low, "more"];
  return `${counts}: at least ${points(atLeast(Math.abs(bound ?? 0)), "")} ${word}, with 95 % confidence.`;
}

/** Rounded down, so that the text never claims too much. */
function atLeast(share: number): number {
  const steps = share < 0.1 ? 1_000 : 100;
  return Math.floor(share * steps) / steps;
}

const SHARE_LABEL: Readonly<Record<ComparedShare["name"], string>> = {
  harmPerExposure: "Harm per exposure",
  failuresBegun: "Failures begun",
};

/** Counts depend on the length of a run, so they are not compared. */
function countRow(
  label: string,
  { before, after }: FunctionComparison,
  of: (side: ComparedSide) => number,
): ComparisonRow {
  const text = (side: ComparedSide): string => `${of(side)} of ${side.invocations}`;
  return { label, before: text(before), after: text(after), difference: NONE, interval: NONE, shows: NONE };
}

function shareRow({ name, before, after, difference }: ComparedShare): ComparisonRow {
  return {
    label: SHARE_LABEL[name],
    before: `${before.events} of ${before.trials}`,
    after: `${after.events} of ${after.trials}`,
    ...differenceCells(difference, (value) => points(value)),
  };
}

function lengthRow({ name, before, after, differenceMs }: ComparedLength): ComparisonRow {
  const [path = "", quantile = ""] = name.split(".");
  const text = (ms: number | null): string => (ms === null ? NONE : formatLength(ms));
  return {
    label: `${path === "latencyMs" ? "Latency" : "Init"} ${quantile}`,
    before: text(before.ms),
    after: text(after.ms),
    ...differenceCells(differenceMs, (value) => signed(value, formatLength(Math.abs(value)))),
  };
}

const NONE = "–";

/** `format` writes a value with sign and unit. If both bounds are in points, the unit is written once. */
function differenceCells(
  difference: Difference | null,
  format: (value: number) => string,
): Pick<ComparisonRow, "difference" | "interval" | "shows"> {
  if (difference === null) return { difference: NONE, interval: NONE, shows: NONE };
  const { value, low, high, shows } = difference;
  return {
    difference: format(value),
    interval:
      low === null
        ? high === null
          ? "too few values"
          : `at most ${format(high)}`
        : high === null
          ? `at least ${format(low)}`
          : `${format(low).replace(/ points$/u, "")} to ${format(high)}`,
    shows: shows === "neither" ? "not shown" : shows === "lower" ? "better" : "worse",
  };
}

function points(share: number, sign = signOf(share)): string {
  const size = Math.abs(share * 100);
  const text = size < 9.95 ? size.toFixed(1).replace(/\.0$/u, "") : size.toFixed(0);
  return text === "0" ? "0 points" : `${sign}${text} points`;
}

function signed(value: number, text: string): string {
  return text.startsWith("0 ") ? text : `${signOf(value)}${text}`;
}

function signOf(value: number): string {
  return value < 0 ? "−" : "+";
}
