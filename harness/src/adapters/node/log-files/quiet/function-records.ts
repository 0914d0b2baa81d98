/** The records of one function's streams, in the order in which they were read, without the quiet invocations that only need to be counted. */
import type { CondensedInvocations, FunctionEvidence } from "../../../../domain/evidence.ts";
import type { LogRecord } from "../../../../domain/log-record.ts";
import { chooseKept } from "./choose-kept.ts";
import { ROW, type OrderedRecord, type QuietStore } from "./quiet-store.ts";
import type { StreamRecords } from "./stream-records.ts";

export interface StreamParts {
  readonly logGroup: string | null;
  readonly logStreamName: string;
  /** More than one: some files name its group and others do not. */
  readonly parts: readonly StreamRecords[];
  /** The first and the last line of the application: signs of life. */
  readonly signs: readonly OrderedRecord[];
}

export interface CondenseOptions {
  /** So many invocations are held one by one; where there are more, quiet ones are counted. */
  readonly heldMax: number;
  readonly clockToleranceMs: number;
}

export function functionRecords(
  streams: readonly StreamParts[],
  store: QuietStore,
  options: CondenseOptions,
): Pick<FunctionEvidence, "records" | "condensed"> {
  const kept = keptRows(streams, store, options);
  const counts = new Map<string, Counted>();
  const records: LogRecord[] = [];
  for (const stream of streams) {
    const place = { logGroup: stream.logGroup ?? "", logStreamName: stream.logStreamName };
    const own: OrderedRecord[] = [...stream.signs, ...stream.parts.flatMap(({ odd }) => odd)];
    for (const row of stream.parts.flatMap(({ rows }) => rows)) {
      if (kept === null || kept.has(row)) own.push(...store.records(row, place));
      else if (store.kind(row) !== ROW.odd) countRow(counts, store, row, stream.logStreamName);
    }
    own.sort((a, b) => a.order - b.order);
    for (const { record } of own)
      records.push(record.logGroup === place.logGroup ? record : { ...record, ...place });
  }
  return counts.size === 0 ? { records } : { records, condensed: [...counts.values()] };
}

/** Null: all of them. */
function keptRows(
  streams: readonly StreamParts[],
  store: QuietStore,
  { heldMax, clockToleranceMs }: CondenseOptions,
): ReadonlySet<number> | null {
  let invocations = 0;
  for (const { parts } of streams) for (const { rows } of parts) invocations += rows.length;
  if (invocations <= heldMax) return null;
  // What has to be sorted, or put together, first cannot be left out unseen.
  if (streams.some(({ parts }) => parts.length > 1 || parts.some(({ disordered }) => disordered)))
    return null;
  const all = streams.flatMap(({ parts }) => parts);
  const kept = new Set(
    chooseKept({
      store,
      rows: all.map(({ rows }) => rows),
      oddOrders: all.map(({ odd }) => odd.map(({ order }) => order)),
      oddTimes: all.flatMap(({ oddTimes }) => oddTimes).sort((a, b) => a - b),
      births: all
        .flatMap(({ births }) => births)
        .concat(streams.flatMap(({ signs }) => signs.map(({ record }) => record.timestamp)))
        .sort((a, b) => a - b),
      clockToleranceMs,
    }),
  );
  // "Nothing shows what it did" is said only of a process that wrote no line at all.
  for (const { rows, lifecycleLines } of all)
    if (lifecycleLines) for (const row of rows) if (store.kind(row) === ROW.unseen) kept.add(row);
  return kept;
}

type Counted = { -readonly [Key in keyof CondensedInvocations]: CondensedInvocations[Key] } & {
  durationsMs: number[];
};

function countRow(counts: Map<string, Counted>, store: QuietStore, row: number, logStreamName: string): void {
  const bootId = store.bootId(row);
  const served = store.kind(row) === ROW.served;
  const key = `${logStreamName}\n${bootId ?? ""}`;
  let counted = counts.get(key);
  if (counted === undefined) {
    counted = { logStreamName, bootId, served, invocations: 0, lines: 0, durationsMs: [] };
    counts.set(key, counted);
  }
  counted.invocations += 1;
  counted.lines += store.lines(row);
  const durationMs = store.durationMs(row);
  if (durationMs !== null) counted.durationsMs.push(durationMs);
}
