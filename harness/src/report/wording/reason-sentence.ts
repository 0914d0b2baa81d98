/**
 * Makes the sentence for a reason. The sentence says "the flaw did no harm" only if this is known, and "the hazard never happened" only if
 * exposures could be counted and seen. "Not accounted for" is not said if only --capacity is wrong. If the server's denial caused the unexplained failures, the sentence says so.
 */
import type { FunctionResult } from "../../result/function-result.ts";
import type { Reason } from "../../result/result-words.ts";
import { exposuresAreUncountable } from "../../result/findings/exposures-uncountable.ts";
import { REASON_SENTENCE } from "./fixed-words.ts";

const DENIED =
  "The server denied the function, so its invocations failed without showing whether the peer was held.";

const FLAW = "The design has a flaw, and it is not known whether it did harm in this run.";

const FLAW_FOR_OTHERS =
  "The design has a flaw that did no harm to this function this time, but it kept another function from the peer.";

const UNCOUNTABLE =
  "No exposure can be counted, because it is not known how many connections the peer serves at one time: give --capacity.";

const MORE_PLACES = "The peer has more places than --capacity says.";

const UNSEEN =
  "Nothing shows whether the hazard happened in this run, because the log has no START, END or REPORT line.";

export function reasonSentence(
  reason: Reason,
  { name, invocationList, findings }: Pick<FunctionResult, "name" | "invocationList" | "findings">,
): string {
  if (reason === "discipline") return flawSentence(name, findings);
  const unaccounted = findings.filter(({ kind, status }) => kind === "accounting" && status !== "clear");
  if (
    reason === "accounting" &&
    unaccounted.length > 0 &&
    unaccounted.every(({ code }) => code === "capacity-refuted")
  )
    return MORE_PLACES;
  if (reason === "no-exposure" && exposuresAreUncountable(findings)) return UNCOUNTABLE;
  if (reason === "no-exposure" && findings.some(({ code }) => code === "starts-not-shown")) return UNSEEN;
  if (reason !== "unexplained-failure") return REASON_SENTENCE[reason];
  const failed = invocationList.filter(({ outcome }) => outcome !== "succeeded");
  const denied = failed.some(({ cause }) => cause === "peer-error");
  const unexplained = failed.some(({ cause }) => cause === null);
  return denied && !unexplained ? DENIED : REASON_SENTENCE[reason];
}

/** A connection that stayed open may have prevented another function from reaching the peer (docs/checks.md#functions-with-one-peer). */
function flawSentence(name: string, findings: FunctionResult["findings"]): string {
  if (findings.some(({ kind, status }) => kind === "harm" && status === "unknown")) return FLAW;
  if (findings.some((one) => one.code === "peer-shared" && one.parameters.holder === name))
    return FLAW_FOR_OTHERS;
  return findings.some((one) => one.code === "peer-perhaps-shared" && one.parameters.holder === name)
    ? FLAW
    : REASON_SENTENCE.discipline;
}
