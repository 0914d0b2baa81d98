/** The content of the report, for every form: words, numbers and order. Each renderer escapes the texts for its own medium. */
import type { HarmWindow } from "../../result/finding-result.ts";
import type { FunctionResult, ThresholdResult } from "../../result/function-result.ts";
import type { RunResult } from "../../result/run-result.ts";
import type { Verdict } from "../../words/verdict.ts";
import {
  environmentName,
  environmentNames,
  type EnvironmentName,
  type EnvironmentNames,
} from "./environment-names.ts";
import { reasonSentence } from "../wording/reason-sentence.ts";
import { nothingSucceededInWords } from "./nothing-succeeded-in-words.ts";
import { answersLostInWords, failuresInWords, unknownOutcomesInWords } from "./failures.ts";
import { evidenceSpan } from "./evidence-span.ts";
import { formatLength, formatOffset, instantOf } from "./format-time.ts";
import { notesOf, type NoteView } from "./notes.ts";
import { suspectsOf, type SuspectView } from "./suspects.ts";
import { metricsInWords } from "./metrics-in-words.ts";
import { peersInWords } from "./peers-in-words.ts";
import { takeoversInWords } from "./takeovers-in-words.ts";
import { placesInWords } from "./places-in-words.ts";
import { phasesInWords } from "./phases-in-words.ts";
import { reportNaming } from "./report-naming.ts";
import { runDetails, samePlanFlags, type Detail } from "./run-details.ts";
import { findingText } from "../wording/finding-sentence.ts";
import type { Naming } from "../wording/naming.ts";
import {
  count,
  passSentence,
  provokedSentences,
  VERDICT_VERB,
  VERDICT_WORD,
} from "../wording/fixed-words.ts";

export interface WindowView {
  /** Such as `Harm 1 of 2`. */
  readonly title: string;
  /** Since the start of the run, such as `00:15 to 00:21`. */
  readonly when: string;
  readonly length: string;
  readonly invocations: string;
  readonly text: string;
  /** The same for windows that are listed once (list-windows.ts). */
  readonly likeness: string;
  readonly holder: EnvironmentName | null;
  readonly failed: readonly EnvironmentName[];
  /** Epoch milliseconds. Null if the result gives no instant. */
  readonly from: number | null;
  readonly to: number | null;
}

interface ThresholdView {
  readonly expression: string;
  readonly state: "holds" | "broken" | "unknown";
  /** Such as `it is 12`, or the reason why the value is unknown. */
  readonly found: string;
  /** Such as `harm.total < 1: broken (it is 12)`. */
  readonly text: string;
}

export interface FunctionView {
  readonly name: string;
  readonly verdict: Verdict;
  readonly verdictWord: string;
  readonly expected: Verdict | null;
  readonly expectationMet: boolean | null;
  /** The expectation holds, or there is none and the function passed. */
  readonly good: boolean;
  /** Such as `init-connect failed, as expected` or `init-connect is inconclusive; possible suspect: E2 (…a86d5a81)`, without a full stop. */
  readonly sentence: string;
  /** Who may have done harm, if no harm was found. Shown before everything else. */
  readonly suspects: readonly SuspectView[];
  readonly reasons: readonly string[];
  /** What the reasons mean, or what a pass shows. */
  readonly reasonSentences: readonly string[];
  /** The reason sentences without those that the harm windows already show. */
  readonly because: readonly string[];
  readonly succeeded: number;
  readonly failed: number;
  /** The number of invocations whose outcome is unknown. They are not among the failed ones. */
  readonly unknown: number;
  /** The failed invocations by kind and cause, without a full stop. Empty if none failed. */
  readonly failures: string;
  /** The invocations with unknown outcome and their named causes, without a full stop. Empty if there are none. */
  readonly unknowns: string;
  /** The error of a run in which no invocation succeeded. */
  readonly nothingSucceeded: readonly string[];
  readonly skipped: number;
  readonly exposures: number;
  readonly harm: number;
  readonly delayed: number;
  /** Sentences that no other member has, such as about peers, Init phases and CloudWatch's metrics. */
  readonly furtherFacts: readonly string[];
  readonly windows: readonly WindowView[];
  readonly notes: readonly NoteView[];
  readonly statistics: string;
  readonly thresholds: readonly ThresholdView[];
  readonly names: EnvironmentNames;
  readonly naming: Naming;
}

export interface RunView {
  readonly headline: string;
  readonly verdict: Verdict;
  readonly good: boolean;
  readonly hasExpectations: boolean;
  /** Whether a function has invocations with unknown outcome. Tables have a column for them only then. */
  readonly hasUnknown: boolean;
  readonly details: readonly Detail[];
  /** The flags that make the same plan again. Null on AWS, for logs, and for a profile from a file. */
  readonly samePlan: string | null;
  readonly functions: readonly FunctionView[];
  /** Sentences about evidence that could not be read, or that shows little. */
  readonly unreadable: readonly string[];
  /** Offset 0 in epoch milliseconds. Null if the result gives no instant. */
  readonly start: number | null;
}

export function viewModel(result: RunResult): RunView {
  const start = runStart(result);
  const functions = result.functions.map((each) => functionView(each, start, result));
  return {
    headline: headline(functions),
    verdict: result.verdict,
    good: functions.length > 0 && functions.every((each) => each.good),
    hasExpectations: functions.some((each) => each.expected !== null),
    hasUnknown: functions.some(({ unknown }) => unknown > 0),
    details: runDetails(result),
    samePlan: samePlanFlags(result),
    functions,
    unreadable: [
      ...result.unreadable.map(
        ({ source, lines, example }) =>
          `${count(lines, "line")} of ${source} could not be read${example === null ? "." : `, for example: ${example}`}`,
      ),
      ...(result.notices ?? []),
    ],
    start,
  };
}

/** Returns the start of the run. For logs without a run, it is the first instant of any environment or invocation. */
export function runStart(result: RunResult): number | null {
  const start = instantOf(result.run.from);
  if (start !== null) return start;
  return evidenceSpan(result.functions)?.from ?? null;
}

/** The sentences about functions that compete for one peer. These findings are of kind exposure, so they are not among the notes. */
function competitionInWords({ findings }: FunctionResult, naming: Naming): readonly string[] {
  return findings.filter(({ code }) => code === "peer-shared").map((one) => findingText(one, naming));
}

function countedInWords({ invocationsCondensed }: FunctionResult): readonly string[] {
  if (invocationsCondensed === undefined) return [];
  return [
    `${count(invocationsCondensed, "invocation")} with nothing unusual in or near ${invocationsCondensed === 1 ? "it is" : "them are"} only counted: not listed and not drawn.`,
  ];
}

function headline(functions: readonly FunctionView[]): string {
  if (functions.length === 0) return "No function was judged: the evidence names none.";
  return functions.map(({ sentence }) => `${sentence}.`).join(" ");
}

function functionView(result: FunctionResult, start: number | null, run: RunResult): FunctionView {
  const names = environmentNames(result.environments);
  const naming = reportNaming(names, start, run.run.target);
  const { suspects, others, inShort } = suspectsOf(result, naming, run);
  const { invocations, harm, reasons, exposure } = result;
  const shown = result.verdict === "pass" ? [passSentence(result)] : [];
  const provoked = provokedSentences(exposure);
  const notInWindows = reasons.filter((reason) => reason !== "harm" || harm.windows.length === 0);
  return {
    name: result.name,
    verdict: result.verdict,
    verdictWord: VERDICT_WORD[result.verdict],
    expected: result.expected,
    expectationMet: result.expectationMet,
    good: result.expected === null ? result.verdict === "pass" : result.expectationMet === true,
    sentence: `${sentenceOf(result)}${inShort}`,
    suspects,
    reasons: result.reasons,
    reasonSentences: [...shown, ...reasons.map((reason) => reasonSentence(reason, result)), ...provoked],
    because: [...shown, ...notInWindows.map((reason) => reasonSentence(reason, result)), ...provoked],
    succeeded: invocations.succeeded,
    failed: invocations.functionErrors + invocations.invocationErrors + invocations.throttled,
    unknown: invocations.unknown,
    failures: failuresInWords(result),
    unknowns: unknownOutcomesInWords(result),
    nothingSucceeded: nothingSucceededInWords(result),
    skipped: invocations.skipped,
    exposures: exposure.total,
    harm: harm.total,
    delayed: harm.delayed,
    furtherFacts: [
      ...peersInWords(result),
      ...answersLostInWords(result),
      ...phasesInWords(result),
      ...placesInWords(result),
      ...takeoversInWords(result, naming),
      ...competitionInWords(result, naming),
      ...countedInWords(result),
      ...metricsInWords(result, naming),
    ],
    windows: harm.windows.map((window, index) =>
      windowView(window, `Harm ${index + 1} of ${harm.windows.length}`, { names, naming, start }),
    ),
    notes: notesOf({ ...result, findings: others }, naming),
    statistics: result.statistics.text,
    thresholds: result.thresholds.map(thresholdView),
    names,
    naming,
  };
}

function thresholdView({ expression, actual, holds }: ThresholdResult): ThresholdView {
  const state = holds === null ? "unknown" : holds ? "holds" : "broken";
  const found =
    actual === null
      ? "the run has no such figure"
      : `it is ${actual}${holds === null ? " in the available evidence, but evidence is missing" : ""}`;
  return { expression, state, found, text: `${expression}: ${state} (${found})` };
}

function sentenceOf({ name, verdict, expected, expectationMet }: FunctionResult): string {
  const sentence = `${name} ${VERDICT_VERB[verdict]}`;
  if (expected === null || expectationMet === null) return sentence;
  if (expectationMet) return `${sentence}, as expected`;
  // `NAME=fail` holds only if the reason is harm (docs/contracts.md#exit-codes). So the verdict can be `fail`, as expected, although the
  // expectation is not met.
  if (verdict === expected) return `${sentence}, but a failure because of harm was expected`;
  return `${sentence}, but ${EXPECTED_NOUN[expected]} was expected`;
}

const EXPECTED_NOUN: Readonly<Record<Verdict, string>> = {
  pass: "a pass",
  fail: "a failure",
  inconclusive: "an inconclusive run",
};

function likenessOf({ code, parameters, text }: HarmWindow): string {
  if (code === undefined) return text;
  return JSON.stringify([code, { ...parameters, invocations: 0, durationMs: 0, untilRunEnd: false }]);
}

function windowView(
  window: HarmWindow,
  title: string,
  context: { readonly names: EnvironmentNames; readonly naming: Naming; readonly start: number | null },
): WindowView {
  const { names, naming, start } = context;
  const from = instantOf(window.from);
  const to = instantOf(window.to);
  const offset = (instant: number | null, text: string): string =>
    instant === null || start === null ? text : formatOffset(instant - start);
  return {
    title,
    when: `${offset(from, window.from)} to ${offset(to, window.to)}`,
    length: formatLength(window.durationMs),
    invocations: count(window.invocations, "invocation"),
    text: findingText(window, naming),
    likeness: likenessOf(window),
    holder: window.holder === null ? null : environmentName(names, window.holder),
    failed: window.environments.map((id) => environmentName(names, id)),
    from,
    to,
  };
}
