/**
 * A function's log streams by name, each with its records once and in the order in which they were written. Records that are held may come doubled
 * (overlapping reads) and in any order: CloudWatch's event id tells doubles apart; where there is none, the same text in the same
 * millisecond does.
 */
import type { FunctionEvidence, LogStream } from "../../domain/evidence.ts";
import type { LogRecord } from "../../domain/log-record.ts";
import { compareRecords, recordKey } from "../../domain/record-order.ts";

export function* orderedStreams(
  one: Pick<FunctionEvidence, "records" | "streams">,
): Generator<readonly [name: string, records: Iterable<LogRecord>]> {
  const streams = new Map<string, LogStream[]>();
  for (const stream of [...held(one.records), ...(one.streams ?? [])]) {
    const same = streams.get(stream.logStreamName);
    if (same === undefined) streams.set(stream.logStreamName, [stream]);
    else same.push(stream);
  }
  for (const name of [...streams.keys()].sort()) {
    const same = streams.get(name) ?? [];
    const [only] = same;
    const whole = only !== undefined && same.length === 1 && only.inOrder;
    yield [name, whole ? only.records() : inOrder(same)];
  }
}

export function streamNames({
  records,
  streams,
}: Pick<FunctionEvidence, "records" | "streams">): Set<string> {
  const names = new Set((streams ?? []).map(({ logStreamName }) => logStreamName));
  for (const { logStreamName } of records) names.add(logStreamName);
  return names;
}

function held(records: readonly LogRecord[]): LogStream[] {
  const streams = new Map<string, LogRecord[]>();
  for (const record of records) {
    const own = streams.get(record.logStreamName);
    if (own === undefined) streams.set(record.logStreamName, [record]);
    else own.push(record);
  }
  return [...streams].map(([logStreamName, own]) => ({ logStreamName, inOrder: false, records: () => own }));
}

function inOrder(streams: readonly LogStream[]): readonly LogRecord[] {
  const list: LogRecord[] = [];
  const seen = new Set<string>();
  let sorted = true;
  for (const stream of streams) {
    for (const record of stream.records()) {
      const key = recordKey(record);
      if (seen.has(key)) continue;
      seen.add(key);
      const last = list.at(-1);
      if (last !== undefined && compareRecords(last, record) > 0) sorted = false;
      list.push(record);
    }
  }
  return sorted ? list : list.sort(compareRecords);
}
