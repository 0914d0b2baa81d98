/** Sentences about harm: who held the peer and who failed, or why that is not known. */
import type { HarmFindings, PeerHeld } from "../../domain/findings/harm-findings.ts";
import { durationMs, formatDuration, roundedDuration } from "../../units/time.ts";
import { count, PHASE_WORD } from "./fixed-words.ts";
import { HARM_UNKNOWN_REASONS } from "./harm-unknown-reasons.ts";
import type { Naming } from "./naming.ts";
import { inWords, type Wording } from "./wording.ts";

export const HARM_SENTENCES: Wording<HarmFindings> = {
  "peer-held": (held, naming) => {
    const ownLines = held.ownLinesOnly
      ? " Only the function's own lines say so: a stranger who took the peer in between would show in the peer's log alone (--peer-log)."
      : "";
    return `${holderClause(held, naming)}; ${failedClause(held, naming)}.${ownLines}`;
  },
  "harm-unknown": ({ invocations, why }, naming) =>
    `For ${count(invocations, "invocation")} harm cannot be told: ${inWords(HARM_UNKNOWN_REASONS, why, naming)}.`,
  "peer-reached": () => "No invocation failed to reach the peer because another environment held it.",
};

function holderClause(held: PeerHeld, naming: Naming): string {
  const openedIn = held.openedIn === null ? "" : ` in the ${PHASE_WORD[held.openedIn]} phase`;
  const [who, whose] = held.earlierProcess
    ? ["An earlier process of environment", "that environment"]
    : ["Environment", "it"];
  return `${who} ${naming.environment(held.holder)} held the peer since ${naming.instant(held.since)}, opened${openedIn}; ${whose} ${handled(held)}`;
}

function handled({ holderInvocations }: PeerHeld): string {
  return holderInvocations === 0
    ? "never handled an invocation (INIT WITHOUT INVOKE)"
    : `handled ${count(holderInvocations, "invocation")} in its life`;
}

function failedClause(held: PeerHeld, naming: Naming): string {
  const names = held.failed.map((id) => naming.environment(id)).join(", ");
  const more = held.moreFailed > 0 ? ` and ${held.moreFailed} more` : "";
  const who = `${held.failed.length === 1 ? "environment" : "environments"} ${names}${more}`;
  const length = formatDuration(roundedDuration(durationMs(held.durationMs)));
  const end = held.untilRunEnd ? ", until the end of the run" : "";
  return `${who} failed ${count(held.invocations, "invocation")} for ${length}${end}`;
}
