/** Reads the journal of a run that another process is writing, and waits for its events. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readRun } from "../adapters/run-directory/read-run.ts";
import type { JournalEvent } from "../../src/record/journal.ts";
import type { Started } from "./built-command.ts";

export const journalOf = (folder: string): readonly JournalEvent[] => readRun(folder).journal ?? [];

/** Resolves when the journal has `count` events for which `wanted` is true, or when the run has ended. */
export async function journalled(
  { ended }: Started,
  folder: string,
  {
    count,
    wanted = () => true,
  }: { readonly count: number; readonly wanted?: (event: JournalEvent) => boolean },
): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  while (!over) {
    const there = existsSync(join(folder, "journal.jsonl")) && existsSync(join(folder, "manifest.json"));
    if (there && journalOf(folder).filter(wanted).length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const succeeded = (event: JournalEvent): boolean =>
  event.event === "invocation-ended" && event.outcome === "succeeded";
export const failed = (event: JournalEvent): boolean =>
  event.event === "invocation-ended" && event.outcome !== "succeeded";
