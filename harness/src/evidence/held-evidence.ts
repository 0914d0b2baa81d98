/** Evidence that is held in memory, as the judgement reads it: all of it, and nothing is only counted. */
import type { Evidence } from "../domain/evidence.ts";
import type { LogRecord } from "../domain/log-record.ts";
import { streamEvent, type StreamEvent } from "../logs/stream-event.ts";
import type { GatheredEvidence, LogStream } from "./gathered-evidence.ts";

export function heldEvidence(evidence: Evidence): GatheredEvidence {
  return {
    ...evidence,
    functions: evidence.functions.map(({ records, ...rest }) => ({ ...rest, streams: streamsOf(records) })),
  };
}

function streamsOf(records: readonly LogRecord[]): LogStream[] {
  const streams = new Map<string, StreamEvent[]>();
  for (const record of records) {
    const event = streamEvent(record, (message) => message);
    const own = streams.get(record.logStreamName);
    if (own === undefined) streams.set(record.logStreamName, [event]);
    else own.push(event);
  }
  return [...streams].map(([logStreamName, own]) => ({ logStreamName, inOrder: false, events: () => own }));
}
