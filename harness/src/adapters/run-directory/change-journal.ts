/**
 * What a run's levers changed or were about to change and did not restore, from its journal; and what `longrun undo` undoes is added to it.
 * Reads nothing else of the run.
 */
import type { ChangeBegun } from "../../record/journal.ts";
import { noteChange } from "../../record/note-change.ts";
import type { RunStore } from "../../run/ports/run-store.ts";
import { eachJsonLine } from "./json-lines.ts";
import { runFolder } from "./run-folder.ts";
import { asJournalEvent } from "./run-records.ts";
import { openSegments } from "./segments.ts";

export interface ChangeJournal extends Pick<RunStore, "appendJournal"> {
  readonly begun: readonly ChangeBegun[];
  readonly lastSequence: number;
}

export function changeJournal(folder: string): ChangeJournal {
  const { journal } = runFolder(folder);
  const begun: ChangeBegun[] = [];
  let lastSequence = 0;
  eachJsonLine(folder, journal, (value) => {
    const event = asJournalEvent(value);
    if (event === null) return false;
    noteChange(begun, event);
    lastSequence = Math.max(lastSequence, event.sequence);
    return true;
  });
  return {
    begun,
    lastSequence,
    appendJournal: (event) => {
      const file = openSegments(journal);
      try {
        file.append(`${JSON.stringify(event)}\n`);
      } finally {
        file.close();
      }
    },
  };
}
