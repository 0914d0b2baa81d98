/** What is in a run directory, one event and one record at a time: the journal first. Lines that cannot be read are passed over. */
import type { JournalEvent } from "../../domain/journal.ts";
import type { LinkLogRecord } from "../../domain/link-log.ts";
import type { LogRecord } from "../../domain/log-record.ts";
import type { PeerLogRecord } from "../../domain/peer-log.ts";
import { eachJsonLine } from "./json-lines.ts";
import { asJournalEvent, asLinkRecord, asLogRecord, asPeerRecord, notARun } from "./read-run.ts";
import { runFolder } from "./run-folder.ts";

export interface RunTaker {
  journal(event: JournalEvent): void;
  record(label: string, record: LogRecord): void;
  peer(label: string, record: PeerLogRecord): void;
  link(label: string, record: LinkLogRecord): void;
}

/** Throws `usage` where there is no journal. */
export function eachInRun(folder: string, labels: readonly string[], taker: RunTaker): void {
  const paths = runFolder(folder);
  const journal = each(paths.journal, asJournalEvent, (event) => taker.journal(event));
  if (!journal) throw notARun(folder, "it has no journal.jsonl");
  for (const label of labels) {
    const names = new Map<string, string>();
    each(
      paths.logs(label),
      (value) => asLogRecord(value, names),
      (record) => taker.record(label, record),
    );
    each(paths.peer(label), asPeerRecord, (record) => taker.peer(label, record));
    each(paths.links(label), asLinkRecord, (record) => taker.link(label, record));
  }
}

/** False: there is no such file. */
function each<Value>(
  path: string,
  as: (value: Record<string, unknown>) => Value | null,
  take: (value: Value) => void,
): boolean {
  const read = eachJsonLine(path, (object) => {
    const value = as(object);
    if (value !== null) take(value);
    return value !== null;
  });
  return read !== null;
}
