import type { LogEvidence } from "../../adapters/log-formats/read-logs.ts";
import { noticeSentence } from "../../report/wording/notice-sentence.ts";

/** The evidence that `analyze` judges. The notices are sentences for the user. */
export interface EvidenceInWords extends Omit<LogEvidence, "notices"> {
  readonly notices: readonly string[];
}

export function evidenceInWords(read: LogEvidence): EvidenceInWords {
  return { ...read, notices: read.notices.map((one) => noticeSentence(one)) };
}
