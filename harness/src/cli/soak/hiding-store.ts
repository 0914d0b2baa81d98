/** A run directory into which the values of variables are not written. The manifest has no values of `--env`, and `--resume` needs it unchanged. */
import { hideInRecord, hideInTexts } from "../../evidence/hide-values.ts";
import type { FindHidden } from "../../base/hidden-text.ts";
import type { RunStore } from "../../run/ports/run-store.ts";

export function hidingStore(store: RunStore, find: FindHidden): RunStore {
  return {
    ...store,
    appendJournal: (event) => store.appendJournal(hideInTexts(event, find)),
    appendLogs: (label, records) =>
      store.appendLogs(
        label,
        records.map((record) => hideInRecord(record, find)),
      ),
    appendLinks: (label, records) =>
      store.appendLinks(
        label,
        records.map((record) => hideInTexts(record, find)),
      ),
    appendApplied: (records) => store.appendApplied(records.map((record) => hideInTexts(record, find))),
  };
}
