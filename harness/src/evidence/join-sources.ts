/**
 * Finds the quiet invocations (evidence-need.ts) that every other source confirms, and for each of them its rows in those sources. Rows are
 * matched by keysand not by time. A source whose clock differs by more than the tolerance confirms none.
 */
import { pairUniqueKeys, ordinalKey, ordinalsAgree, type Keyed } from "./match-exact.ts";
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
  const rows = (): Iterable<number> => quietRows(input);
  const streamNames = new Map(input.streams.map(({ logStreamName, part }) => [part.number, logStreamName]));
  const accepted = (row: number): number =>
    ordinalKey(store.bootNumber(store.bootId(row)), store.acceptedBefore(row));
  const attempt = (row: number): number =>
    ordinalKey(input.environmentNumber(streamNames.get(store.stream(row)) ?? ""), store.attemptsBefore(row));
  return {
    driver: partnersBy(store, { rows, key: store.requestKey }, others.driver),
    peer: partnersBy(store, { rows, key: accepted }, others.peer?.store ?? null),
    link: partnersBy(store, { rows, key: attempt }, others.link?.store ?? null),
  };
}

/** Returns a function that says whether every existing source confirms that the invocation of a row is quiet. */
export function undisturbed(input: JoinSourcesInput, partners: Partners): (row: number) => boolean {
  const { store, streams, others, toleranceMs } = input;
  const byStream = new Map(streams.map((stream) => [stream.part.number, stream]));
  const { driver, peer, link } = others;
  return (row) => {
    const [driven, seen, linked] = [partners.driver(row), partners.peer(row), partners.link(row)];
    if (driver !== null && driven === -1) return false;
    if (peer === null && link === null) return true;
    const stream = byStream.get(store.stream(row));
    const bootId = store.bootId(row);
    if (stream === undefined || bootId === null || store.kind(row) !== ROW.served) return false;
    const [start, end, connectedAt] = [store.start(row), store.end(row), store.connectedAt(row)];
    const boot = countOf(stream.part.boots, bootId);
    if (boot === undefined || !countsFromOne(boot)) return false;
    if (peer !== null) {
      const byPeer = { count: peer.accepted.get(bootId) ?? NaN, whole: peer.store.whole };
      if (seen === -1 || !ordinalsAgree({ count: boot.accepted, whole: true }, byPeer)) return false;
      if (Math.abs(peer.store.from(seen) - connectedAt) > toleranceMs) return false;
      if (peer.store.to(seen) > end + toleranceMs) return false;
    }
    if (link === null) return true;
    const byLink = { count: link.opened.get(stream.logStreamName) ?? NaN, whole: link.store.whole };
    if (linked === -1 || !ordinalsAgree({ count: stream.part.attempts, whole: true }, byLink)) return false;
    // A link runs on the function's own machine, so its times need no tolerance.
    if (link.store.from(linked) < start || link.store.from(linked) > connectedAt) return false;
    if (link.store.to(linked) > end + toleranceMs) return false;
    return peer === null || peer.store.extra(seen) === link.store.extra(linked);
  };
}

function countsFromOne({ irregular, firstSequence, lines, lastSequence }: BootCount): boolean {
  return !irregular && firstSequence === 1 && lines === lastSequence;
}

/** Gives the rows of the invocations that are quiet according to the function's log. */
function* quietRows({ store, streams }: JoinSourcesInput): Generator<number> {
  const own = new Set(streams.map(({ part }) => part.number));
  for (let row = 0; row < store.length; row += 1) {
    const kind = store.kind(row);
    if ((kind === ROW.served || kind === ROW.unseen) && own.has(store.stream(row))) yield row;
  }
}

function partnersBy<T>(
  store: RecordStore,
  { rows, key }: { readonly rows: () => Iterable<number>; readonly key: (row: number) => number },
  source: SourceStore<T> | null,
): (row: number) => number {
  if (source === null) return () => -1;
  const partners = new Uint32Array(store.length);
  const [ours, theirs] = [store.rows.order(), store.rows.order()];
  for (const row of rows()) ours.add(key(row), row);
  for (let row = 0; row < source.length; row += 1) theirs.add(source.key(row), row);
  for (const [row, partner] of pairUniqueKeys(keyed(ours, key), keyed(theirs, source.key)))
    partners[row] = partner + 1;
  ours.close();
  theirs.close();
  return (row) => (partners[row] as number) - 1;
}

function* keyed(order: RowOrder, key: (row: number) => number): Generator<Keyed> {
  for (const row of order.rows()) yield { key: key(row), row };
}
