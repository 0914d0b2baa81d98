/** What of a function is only counted: quiet invocations by stream and boot. Their durations stay where they are and are read when they are wanted. */
import type { CondensedInvocations } from "../../../domain/evidence.ts";
import { ROW, type RecordStore } from "./record-store.ts";
import type { RowSet } from "./row-set.ts";
import type { OrderedStream } from "./stored-stream.ts";

export interface CondensedOfFunction {
  readonly streams: readonly OrderedStream[];
  readonly condensed: readonly CondensedInvocations[];
  readonly durationsMs: Iterable<number>;
}

type Counted = { -readonly [Key in keyof CondensedInvocations]: CondensedInvocations[Key] };

export function countCondensed(
  store: RecordStore,
  functions: ReadonlyMap<string, readonly OrderedStream[]>,
  kept: RowSet,
): ReadonlyMap<string, CondensedOfFunction> {
  const counts = new Map<string, Counted>();
  const streamNames = new Map<number, string>();
  for (const streams of functions.values())
    for (const { name, part } of streams) streamNames.set(part.number, name.logStreamName);
  for (const row of streamNames.size === 0 ? [] : condensedRows(store, streamNames, kept)) {
    const stream = store.stream(row);
    const bootId = store.bootId(row);
    const key = `${stream} ${bootId ?? ""}`;
    let counted = counts.get(key);
    if (counted === undefined) {
      const logStreamName = streamNames.get(stream) ?? "";
      counted = { logStreamName, bootId, served: store.kind(row) === ROW.served, invocations: 0, lines: 0 };
      counts.set(key, counted);
    }
    counted.invocations += 1;
    counted.lines += store.lines(row);
  }
  const byStream = new Map<number, CondensedInvocations[]>();
  for (const [key, counted] of counts) {
    const stream = Number.parseInt(key, 10);
    byStream.set(stream, [...(byStream.get(stream) ?? []), counted]);
  }
  return new Map(
    [...functions].map(([name, streams]): [string, CondensedOfFunction] => {
      const own = new Set(streams.map(({ part }) => part.number));
      return [
        name,
        {
          streams,
          condensed: streams.flatMap(({ part }) => byStream.get(part.number) ?? []),
          durationsMs: { [Symbol.iterator]: () => durations(store, own, kept) },
        },
      ];
    }),
  );
}

function* condensedRows(
  store: RecordStore,
  streams: { has(stream: number): boolean },
  kept: RowSet,
): Generator<number> {
  for (let row = 0; row < store.length; row += 1) {
    const kind = store.kind(row);
    if ((kind === ROW.served || kind === ROW.unseen) && !kept.has(row) && streams.has(store.stream(row)))
      yield row;
  }
}

function* durations(store: RecordStore, streams: ReadonlySet<number>, kept: RowSet): Generator<number> {
  for (const row of condensedRows(store, streams, kept)) {
    const durationMs = store.durationMs(row);
    if (durationMs !== null) yield durationMs;
  }
}
