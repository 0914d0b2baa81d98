import type { CodedFinding, FindingParameters } from "../../result/findings/finding-parameters.ts";
import type { Finding, HarmWindow } from "../../result/finding-result.ts";
import { ACCOUNTING_SENTENCES } from "./accounting-sentences.ts";
import { DISCIPLINE_SENTENCES } from "./discipline-sentences.ts";
import { EXPOSURE_SENTENCES } from "./exposure-sentences.ts";
import { count } from "./fixed-words.ts";
import { HARM_SENTENCES } from "./harm-sentences.ts";
import type { Naming } from "./naming.ts";
import { inWords, type Wording } from "./wording.ts";

export const SENTENCES: Wording<FindingParameters> = {
  ...HARM_SENTENCES,
  ...EXPOSURE_SENTENCES,
  ...DISCIPLINE_SENTENCES,
  ...ACCOUNTING_SENTENCES,
  "more-findings": [
    ({ findings }) => count(findings, "more finding like these.", "more findings like these."),
    { findings: 1 },
    { findings: 360 },
  ],
  "check-broken": [
    ({ error }) => `This check broke, so its answer is unknown: ${error}.`,
    { error: "no such environment" },
  ],
};

/** If the function has several peers, the sentence begins with the name of the peer. */
export function findingSentence(finding: CodedFinding & { readonly peer?: string }, naming: Naming): string {
  const sentence = inWords(SENTENCES, finding, naming);
  return finding.peer === undefined ? sentence : `${finding.peer}: ${sentence}`;
}

/** A finding that an older version wrote has only its text, without a code. */
export function findingText(finding: Finding | HarmWindow, naming: Naming): string {
  return finding.code === undefined ? finding.text : findingSentence(finding, naming);
}

/**
 * Returns the ids of the environments that the finding's sentence names, each once. To find them, the sentence is made with a naming that
 * records every id.
 */
export function environmentsOf(finding: Finding): readonly string[] {
  const ids = [finding.environment, finding.holder].filter((id) => id !== null);
  findingText(finding, {
    environment: (id) => {
      ids.push(id);
      return id;
    },
    instant: (time) => time,
    ofLogs: true,
  });
  return [...new Set(ids)];
}
