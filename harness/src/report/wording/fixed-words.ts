import type { ConnectionError } from "../../words/connection-error.ts";
import type { OpenedIn } from "../../words/connection-outcome.ts";
import type { InvocationResult } from "../../result/environment-result.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import type { FindingKind, FindingStatus, Reason } from "../../result/result-words.ts";
import type { Verdict } from "../../words/verdict.ts";

export const VERDICT_WORD: Readonly<Record<Verdict, string>> = {
  pass: "PASS",
  fail: "FAIL",
  inconclusive: "INCONCLUSIVE",
};

export const VERDICT_VERB: Readonly<Record<Verdict, string>> = {
  pass: "passed",
  fail: "failed",
  inconclusive: "is inconclusive",
};

export const REASON_SENTENCE: Readonly<Record<Reason, string>> = {
  harm: "An invocation could not reach the peer because another execution environment held the connection.",
  threshold: "A threshold of this run was broken.",
  "no-exposure": "The hazard never happened in this run, so the run shows nothing about it.",
  "unexplained-failure": "An invocation failed and nothing in the evidence explains it.",
  capacity: "The peer has too few places for the connections of this function, so an invocation got none.",
  discipline: "The design has a flaw. It harmed no invocation in this run, but it can.",
  "evidence-missing": "Evidence is missing, and missing evidence never counts in a function's favour.",
  accounting: "Not every invocation or log stream could be accounted for.",
};

/** These words follow a noun, for example: a connection opened in the Init phase. */
export const OPENED_WORDS: Readonly<Record<OpenedIn, string>> = {
  init: "opened in the Init phase",
  "after-init": "opened by code of the Init phase after that phase had ended, before an invocation",
  invoke: "opened in the Invoke phase",
  shutdown: "opened in the Shutdown phase",
};

/** These words follow an error, or the failure that has it. */
export const CONNECTION_ERROR_WORDS: Readonly<Record<ConnectionError, string>> = {
  "nothing-listened": "says that the connection was refused",
  full: "says that the server has no place",
  reset: "says that the connection was closed or reset",
  "timed-out": "says that no answer came",
};

export const KIND_WORD: Readonly<Record<FindingKind, string>> = {
  exposure: "exposure",
  harm: "harm",
  discipline: "discipline",
  accounting: "accounting",
};

/** The word for a finding that is no flaw because the user gave `--kept-connections allowed`. */
export const ALLOWED_WORD = "allowed";

export const STATUS_WORD: Readonly<Record<FindingStatus, string>> = {
  found: "found",
  clear: "clear",
  unknown: "unknown",
};

export const OUTCOME_WORD: Readonly<Record<InvocationResult["outcome"], string>> = {
  succeeded: "succeeded",
  "function-error": "function error",
  throttled: "throttled",
  "invocation-error": "invocation error",
  unknown: "outcome unknown",
};

/** `1 invocation` or `6 invocations`. `plural` is needed only if the plural is not the noun with an s. */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${amount} ${amount === 1 ? noun : plural}`;
}

/** `… in its Init phase. (4 more like it.)` */
export function withMore(text: string, more: number): string {
  return more === 0 ? text : `${text} (${more} more like it.)`;
}

export function passSentence({ exposure, invocations }: FunctionResult): string {
  const times = exposure.total === 1 ? "once" : `${exposure.total} times`;
  return `The hazard happened ${times}, and none of ${count(invocations.succeeded, "invocation")} was prevented from reaching the peer.`;
}

/** Says that the hazard did not happen by itself. Empty if no lever was pulled. */
export function provokedSentences({ total, provoked = [] }: FunctionResult["exposure"]): readonly string[] {
  if (provoked.length === 0) return [];
  const number = provoked.reduce((sum, { exposures }) => sum + exposures, 0);
  const levers = provoked.map(({ lever }) => lever).join(", ");
  if (number === 0)
    return [
      `A second environment was provoked (--provoke ${levers}), but the evidence does not show that both were alive at the same START, so no exposure is counted.`,
    ];
  const times = number < total ? `, ${number} of ${total} times` : "";
  return [`The hazard was provoked (--provoke ${levers})${times}.`];
}
