/** Turns evidence in memory into the form that the judgement reads. */
import { groupBy } from "../base/group-by.ts";
import type { Evidence } from "../record/evidence.ts";
import type { LogRecord } from "../record/log-record.ts";
import { streamEvent } from "../logs/stream-event.ts";
import type { GatheredEvidence, LogStream } from "./gathered-evidence.ts";

export function heldEvidence(evidence: Evidence): GatheredEvidence {
  return {
    ...evidence,
    functions: evidence.functions.map(({ records, ...rest }) => ({ ...rest, streams: streamsOf(records) })),
  };
}

function streamsOf(records: readonly LogRecord[]): LogStream[] {
  const byName = groupBy(records, ({ logStreamName }) => logStreamName);
  return [...byName].map(([logStreamName, own]) => {
    const events = own.map((record) => streamEvent(record, (message) => message));
    return { logStreamName, inOrder: false, events: () => events };
  });
}
