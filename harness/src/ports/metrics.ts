/** What a long run tells a monitoring system while it goes: fed with what the run itself records and judges. */
import type { JournalEvent } from "../domain/journal.ts";
import type { LiveJudgement } from "./judge.ts";

export interface Metrics {
  recorded(event: JournalEvent): void;
  judged(judgement: LiveJudgement): void;
}
