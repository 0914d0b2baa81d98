/** What a run's levers changed or were about to change, from its journal. Reads nothing else of the run. */
import type { ChangeBegun } from "../../record/journal.ts";
import { eachJsonLine } from "./json-lines.ts";
import { runFolder } from "./run-folder.ts";
import { asJournalEvent } from "./run-records.ts";

export function readChanges(folder: string): readonly ChangeBegun[] {
  const begun: ChangeBegun[] = [];
  eachJsonLine(folder, runFolder(folder).journal, (value) => {
    const event = asJournalEvent(value);
    if (event?.event === "change-begun") begun.push(event);
    return event !== null;
  });
  return begun;
}
