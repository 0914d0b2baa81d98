/**
 * What is in the store, function by function, as evidence: each log stream is read back when it is asked for, without the quiet invocations
 * that only need to be counted.
 */
import type { FunctionEvidence } from "../../../domain/evidence.ts";
import { KeptChooser } from "./choose-kept.ts";
import { countCondensed, type CondensedOfFunction } from "./count-condensed.ts";
import { inOrder } from "./in-order.ts";
import { IntervalSet } from "./interval-set.ts";
import { ROW, type OrderedRecord, type RecordStore } from "./record-store.ts";
import { RowSet } from "./row-set.ts";
import { SortedRows } from "./sorted-rows.ts";
import { storedStream, type OrderedStream } from "./stored-stream.ts";
import type { StreamRecords } from "./stream-records.ts";
import { TogetherMost } from "./together-most.ts";

export interface StoredStream {
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

export type StoredEvidence = Pick<FunctionEvidence, "streams" | "condensed" | "condensedDurationsMs">;

/** A function of which quiet invocations are counted. */
interface Condensing {
  readonly streams: readonly OrderedStream[];
  readonly chooser: KeptChooser;
  readonly together: TogetherMost;
}

export function storedFunctions(
  functions: ReadonlyMap<string, readonly StoredStream[]>,
  store: RecordStore,
  options: CondenseOptions,
): ReadonlyMap<string, StoredEvidence> {
  const ordered = new Map<string, readonly OrderedStream[]>();
  for (const [name, streams] of functions)
    if (starts(streams) > options.heldMax)
      ordered.set(
        name,
        streams.map((stream) => sorted(store, stream, options)),
      );
  // Sorting a stream adds rows: only now is it known how many there are.
  const kept = new RowSet(store.length);
  choose(
    store,
    [...ordered.values()].map((streams) => condensing(store, streams, kept, options)),
    kept,
  );
  const counted = countCondensed(store, ordered, kept);
  return new Map(
    [...functions].map(([name, streams]) => [
      name,
      evidenceOf(store, streams, counted.get(name) ?? null, kept),
    ]),
  );
}

function evidenceOf(
  store: RecordStore,
  streams: readonly StoredStream[],
  condensed: CondensedOfFunction | null,
  kept: RowSet,
): StoredEvidence {
  if (condensed === null) return { streams: streams.flatMap((stream) => whole(store, stream)) };
  return {
    streams: condensed.streams.map((stream) => storedStream(store, stream, kept)),
    ...(condensed.condensed.length === 0
      ? {}
      : { condensed: condensed.condensed, condensedDurationsMs: condensed.durationsMs }),
  };
}

function whole(store: RecordStore, { logGroup, logStreamName, parts, signs }: StoredStream) {
  const name = { logGroup: logGroup ?? "", logStreamName };
  return parts.map((part, index) =>
    storedStream(store, { name, part, signs: index === 0 ? signs : [] }, null),
  );
}

function sorted(
  store: RecordStore,
  { logGroup, logStreamName, parts, signs }: StoredStream,
  { clockToleranceMs }: CondenseOptions,
): OrderedStream {
  const name = { logGroup: logGroup ?? "", logStreamName };
  const [only] = parts;
  const isInOrder = only !== undefined && parts.length === 1 && !only.disordered;
  const part = isInOrder ? only : inOrder(store, parts, name, { watch: true, reachMs: 2 * clockToleranceMs });
  return { name, part, signs };
}

function condensing(
  store: RecordStore,
  streams: readonly OrderedStream[],
  kept: RowSet,
  { clockToleranceMs }: CondenseOptions,
): Condensing {
  const odd = IntervalSet.merged(streams.map(({ part }) => part.odd));
  const chooser = new KeptChooser(store, odd, (row) => kept.add(row));
  const births = streams
    .flatMap(({ part, signs }) => [...part.births, ...signs.map(({ record }) => record.timestamp)])
    .sort((a, b) => a - b);
  for (const { part } of streams)
    chooser.addStream(part.number, { births, lifecycleLines: part.lifecycleLines });
  return { streams, chooser, together: new TogetherMost(store, clockToleranceMs) };
}

/** All functions in one look at the rows, and one by their starts. */
function choose(store: RecordStore, functions: readonly Condensing[], kept: RowSet): void {
  if (functions.length === 0) return;
  const byStream = new Map<number, Condensing>();
  for (const one of functions) for (const { part } of one.streams) byStream.set(part.number, one);
  const byStart = new SortedRows();
  for (let row = 0; row < store.length; row += 1) {
    const one = byStream.get(store.stream(row));
    if (one === undefined) continue;
    one.chooser.take(row);
    if (store.kind(row) !== ROW.loose) byStart.add(store.start(row), row);
  }
  for (const row of byStart.rows()) byStream.get(store.stream(row))?.together.take(row);
  byStart.close();
  for (const { chooser, together } of functions) {
    chooser.finish();
    for (const row of together.rows()) kept.add(row);
  }
}

function starts(streams: readonly StoredStream[]): number {
  return streams.reduce((sum, { parts }) => sum + parts.reduce((of, part) => of + part.starts, 0), 0);
}
