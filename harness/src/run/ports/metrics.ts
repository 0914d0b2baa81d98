/** Figures of a run for a monitoring system. */
import type { JournalEvent } from "../../record/journal.ts";
import type { LiveJudgement } from "./judge.ts";

export interface Metrics {
  recorded(event: JournalEvent): void;
  judged(judgement: LiveJudgement): void;
}
