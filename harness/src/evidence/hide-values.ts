/**
 * Evidence without the values of variables. Texts are changed: log lines, errors, what a server said. Addresses, ids and the names of users,
 * databases and clients stay, because connections are found by them.
 */
import { withoutParts, type FindHidden } from "../base/hidden-text.ts";
import type { Evidence } from "../record/evidence.ts";
import type { LogRecord } from "../record/log-record.ts";
import { hideInLine } from "../logs/hide-in-line.ts";

/** The members with free text in the records of a run, also in what is inside them. An error's type is a name. */
const TEXTS: ReadonlySet<string> = new Set([
  ...["errorMessage", "message", "text", "lines", "example", "detail", "contradiction", "error"],
]);

export function hideInRecord(record: LogRecord, find: FindHidden): LogRecord {
  return { ...record, message: hideInLine(record.message, find) };
}

/** For an event of the journal, or a record of a link or of the platform. */
export function hideInTexts<Value>(value: Value, find: FindHidden): Value {
  return changed(value, find, false) as Value;
}

function changed(value: unknown, find: FindHidden, isText: boolean): unknown {
  if (typeof value === "string") return isText ? withoutParts(value, find(value)) : value;
  if (Array.isArray(value)) return value.map((one) => changed(one, find, isText));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      changed(one, find, name !== "errorType" && (isText || TEXTS.has(name))),
    ]),
  );
}

export function hideInEvidence(evidence: Evidence, find: FindHidden): Evidence {
  return {
    ...evidence,
    journal: evidence.journal === null ? null : evidence.journal.map((event) => hideInTexts(event, find)),
    functions: evidence.functions.map((one) => ({
      ...one,
      records: one.records.map((record) => hideInRecord(record, find)),
      linkLog: one.linkLog?.map((record) => hideInTexts(record, find)) ?? null,
    })),
  };
}
