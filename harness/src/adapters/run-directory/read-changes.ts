/** What a run's levers changed or were about to change and did not restore, from its journal. Reads nothing else of the run. */
import type { ChangeBegun } from "../../record/journal.ts";
import { noteChange } from "../../record/note-change.ts";
import { eachJsonLine } from "./json-lines.ts";
import { runFolder } from "./run-folder.ts";
import { asJournalEvent } from "./run-records.ts";

export function readChanges(folder: string): readonly ChangeBegun[] {
  const begun: ChangeBegun[] = [];
  eachJsonLine(folder, runFolder(folder).journal, (value) => {
    const event = asJournalEvent(value);
    if (event !== null) noteChange(begun, event);
    return event !== null;
  });
  return begun;
}
