/**
 * Finds the quiet invocations of the function's log that all other sources (driver, peer and link) confirm, and their rows in those
 * sources. Quiet invocations need not be kept (evidence-need.ts). Rows are matched by keys, and never by times alone.
 */
import { matchExact, ordinalKey, type Keyed, type Side } from "./match-exact.ts";
import { countOf, type BootCount } from "./invocation-watch.ts";
import { ROW, type RecordStore } from "./record-store.ts";
import type { RowOrder } from "./row-store.ts";
import type { SourceStore } from "./source-store.ts";
import type { Partners, OtherSources } from "./function-sources.ts";
import type { OrderedStream } from "./stored-stream.ts";

export interface JoinSourcesInput {
  readonly store: RecordStore;
  readonly streams: readonly OrderedStream[];
  readonly others: OtherSources;
  /** A number for each log stream, the same as in the rows of the link log. */
  readonly environmentNumber: (logStreamName: string) => number;
  readonly toleranceMs: number;
}

export function joinSources(input: JoinSourcesInput): Partners {
  const { store, others } = input;
  const byStream: (OrderedStream | undefined)[] = [];
  for (const stream of input.streams) byStream[stream.part.number] = stream;
  const streamOf = (row: number): OrderedStream | undefined => byStream[store.stream(row)];
  const bootOf = (row: number): BootCount | undefined =>
    countOf(streamOf(row)?.part.boots ?? [], store.bootId(row));
  return {
    driver: partnersBy(input, others.driver, { key: store.requestKey }),
    peer: partnersBy(input, others.peer?.store ?? null, {
      key: (row) => ordinalKey(store.bootNumberOf(row), store.acceptedBefore(row)),
      countOf: (row) => ({ count: bootOf(row)?.accepted ?? 0, whole: countsFromOne(bootOf(row)) }),
    }),
    link: partnersBy(input, others.link?.store ?? null, {
      key: (row) =>
        ordinalKey(input.environmentNumber(streamOf(row)?.logStreamName ?? ""), store.attemptsBefore(row)),
      countOf: (row) => ({ count: streamOf(row)?.part.attempts ?? 0, whole: countsFromOne(bootOf(row)) }),
    }),
  };
}

/** Returns a function that says whether every existing source confirms that the invocation of a row is quiet. */
export function undisturbed(
  { store, others: { driver, peer, link }, toleranceMs }: JoinSourcesInput,
  partners: Partners,
): (row: number) => boolean {
  return (row) => {
    const [driven, seen, linked] = [partners.driver(row), partners.peer(row), partners.link(row)];
    if (driver !== null && driven === -1) return false;
    if (peer === null && link === null) return true;
    if (store.kind(row) !== ROW.served) return false;
    const [start, end, connectedAt] = [store.start(row), store.end(row), store.connectedAt(row)];
    if (peer !== null) {
      if (seen === -1 || Math.abs(peer.store.from(seen) - connectedAt) > toleranceMs) return false;
      if (peer.store.to(seen) > end + toleranceMs) return false;
    }
    if (link === null) return true;
    // A link runs on the function's own machine, so the time at which it opened the connection is compared without a tolerance.
    if (linked === -1 || link.store.from(linked) < start || link.store.from(linked) > connectedAt)
      return false;
    if (link.store.to(linked) > end + toleranceMs) return false;
    return peer === null || peer.store.extra(seen) === link.store.extra(linked);
  };
}

function countsFromOne(boot: BootCount | undefined): boolean {
  if (boot === undefined) return false;
  return !boot.irregular && boot.firstSequence === 1 && boot.lines === boot.lastSequence;
}

/** Gives the rows of the invocations that are quiet according to the function's log. */
function* quietRows({ store, streams }: JoinSourcesInput): Generator<number> {
  const own = new Set(streams.map(({ part }) => part.number));
  for (let row = 0; row < store.length; row += 1)
    if (store.looksQuiet(row) && own.has(store.stream(row))) yield row;
}

interface RowKeys extends Pick<Side<number>, "countOf"> {
  readonly key: (row: number) => number;
}

function partnersBy<T>(
  input: JoinSourcesInput,
  source: SourceStore<T> | null,
  keys: RowKeys,
): (row: number) => number {
  if (source === null) return () => -1;
  const { length, rows } = input.store;
  const partners = new Uint32Array(length);
  const [ours, theirs] = [rows.order(), rows.order()];
  for (const row of quietRows(input)) ours.add(keys.key(row), row);
  for (let row = 0; row < source.length; row += 1) theirs.add(source.key(row), row);
  const pairs = matchExact(
    { ...keys, items: keyed(ours, keys.key) },
    { countOf: source.countOf, items: keyed(theirs, source.key) },
  );
  for (const [row, partner] of pairs) partners[row] = partner + 1;
  ours.close();
  theirs.close();
  return (row) => (partners[row] as number) - 1;
}

function* keyed(order: RowOrder, key: (row: number) => number): Generator<Keyed<number>> {
  for (const row of order.rows()) yield { key: key(row), item: row };
}
