/** Describes the failed invocations: how many of each kind, and their causes (docs/checks.md). */
import type { InvocationOutcomeName } from "../../record/invocation.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import { count } from "../wording/fixed-words.ts";
import { codeAndText, nameInSentence } from "../wording/server-name.ts";
import { firstRefusals } from "./first-refusals.ts";
import { formatClock, instantOf } from "./format-time.ts";

/** Texts that follow a number of failed invocations. */
const BY_CAUSE: Readonly<Record<string, string>> = {
  harm: "by harm",
  "peer-down": "because the peer was down (it accepted no connection, or was restarted)",
  "peer-held-by-stranger": "because another client held the peer",
  "peer-closed": "because the peer closed or reset the connection",
  "function-timeout": "by the function time-out",
  crash: "because the process ended with an error (a crash, an exit or a failed Init)",
  "out-of-memory": "for lack of memory",
  "environment-ended": "because the environment ended during the invocation",
  "throttle-explained": "because another invocation of the run was running",
  "peer-error":
    "because the server turned the function away for another reason than its places (a wrong password, an unknown name, or too many logins at one time)",
  "peer-full":
    "because all places of the peer were taken by connections that were at work, or by other clients",
  "own-connections": "because the environment itself held all places of the peer",
  "never-arrived": "because the call never reached Lambda (no failure of the function)",
};
const UNEXPLAINED = "unexplained";

/** Such as `12 function errors, 1 throttle: 12 by harm, 1 unexplained`. Empty if none failed. */
export function failuresInWords(result: FunctionResult): string {
  const { invocations } = result;
  const { functionErrors, invocationErrors, throttled } = invocations;
  const kinds = [
    functionErrors > 0 ? count(functionErrors, "function error") : "",
    invocationErrors > 0 ? count(invocationErrors, "invocation error") : "",
    throttled > 0 ? count(throttled, "throttle") : "",
  ].filter((kind) => kind !== "");
  const total = functionErrors + invocationErrors + throttled;
  const causes = total === 0 ? [] : countCauses(result, (outcome) => outcome !== "unknown");
  return withCauses(kinds.join(", "), total, causes);
}

/**
 * Such as `40 invocations` or `2 invocations: 1 because the environment ended during the invocation`. Empty if every outcome is known. They
 * may have succeeded, so only named causes are mentioned.
 */
export function unknownOutcomesInWords(result: FunctionResult): string {
  const { unknown } = result.invocations;
  if (unknown === 0) return "";
  const causes = countCauses(result, (outcome) => outcome === "unknown").filter(({ named }) => named);
  return withCauses(count(unknown, "invocation"), unknown, causes);
}

function withCauses(kinds: string, total: number, causes: readonly CountedCause[]): string {
  const [first] = causes;
  if (first === undefined) return kinds;
  if (causes.length === 1 && first.times === total)
    return `${kinds}, ${total === 1 ? "" : "all "}${first.words}`;
  return `${kinds}: ${causes.map(({ times, words }) => `${times} ${words}`).join(", ")}`;
}

/** Calls whose answer was lost but whose outcome the logs show. */
export function answersLostInWords({ invocations }: FunctionResult): readonly string[] {
  const lost = invocations.answersLost ?? 0;
  if (lost === 0) return [];
  return [
    lost === 1
      ? "The answer to 1 call was lost. The logs have only one invocation that the call can have started, and its outcome is used."
      : `The answers to ${lost} calls were lost. For each of them the logs have only one invocation that the call can have started, and its outcome is used.`,
  ];
}

/** What the server said when it denied or refused the function. */
function deniedInWords(environments: FunctionResult["environments"]): string | null {
  let refused: string | null = null;
  for (const { connections } of environments)
    for (const { outcome, protocol, code, text } of connections) {
      if (protocol === undefined || code == null) continue;
      const said = codeAndText({ protocol, code, text: text ?? null });
      if (outcome === "denied") return `because ${nameInSentence(protocol)} denied the function: ${said}`;
      if (outcome === "refused")
        refused ??= `because ${nameInSentence(protocol)} refused the function: ${said}`;
    }
  return refused;
}

interface CountedCause {
  readonly words: string;
  readonly times: number;
  /** False for the failures that nothing in the evidence explains. */
  readonly named: boolean;
}

/** Counts the causes of the invocations that did not succeed and whose outcome is wanted, the most frequent cause first. */
function countCauses(
  { invocationList: list, environments }: FunctionResult,
  isWanted: (outcome: InvocationOutcomeName) => boolean,
): readonly CountedCause[] {
  // Invocations that the run did not plan are not in its counts, so they are left out here, too.
  const planned = list.some(({ n }) => n !== null) ? list.filter(({ n }) => n !== null) : list;
  const denied = deniedInWords(environments);
  const times = new Map<string | null, number>();
  let closes = 0;
  let firstClose: string | null = null;
  for (const { outcome, cause, peerClosedAt } of planned) {
    if (outcome === "succeeded" || !isWanted(outcome)) continue;
    times.set(cause, (times.get(cause) ?? 0) + 1);
    if (peerClosedAt === undefined) continue;
    closes += 1;
    if (firstClose === null || peerClosedAt < firstClose) firstClose = peerClosedAt;
  }
  const when = firstClose === null ? "" : ` (${closes === 1 ? "" : "first "}at ${clockOf(firstClose)})`;
  const refused = firstRefusals(planned, environments);
  return [...times]
    .map(([cause, number]) => ({
      words:
        cause === "peer-error" && denied !== null
          ? denied
          : `${wordsOf(cause)}${cause === "peer-closed" ? when : (refused.get(cause) ?? "")}`,
      times: number,
      named: cause !== null,
    }))
    .sort((a, b) => (a.times === b.times ? (a.words < b.words ? -1 : 1) : b.times - a.times));
}

function wordsOf(cause: string | null): string {
  return cause === null ? UNEXPLAINED : (BY_CAUSE[cause] ?? `by ${cause}`);
}

function clockOf(time: string): string {
  const instant = instantOf(time);
  return instant === null ? time : formatClock(instant);
}
