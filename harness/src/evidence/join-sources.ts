/**
 * Which quiet invocations every other source shows as undisturbed too, and what in these sources belongs to each. Joined as the judgement
 * joins them: the driver by request id, the peer's connections boot by boot and the links' environment by environment in their own order, where
 * both others count the same. No clock orders anything here; where one is far off, nothing is undisturbed.
 */
import { ordinalKey } from "./peer-source.ts";
import { ROW, type RecordStore } from "./record-store.ts";
import type { SourceStore } from "./source-store.ts";
import type { Partners, OtherSources } from "./function-sources.ts";
import type { OrderedStream } from "./stored-stream.ts";

export interface JoinInput {
  readonly store: RecordStore;
  readonly streams: readonly OrderedStream[];
  readonly others: OtherSources;
  /** A number for each log stream, the same as in the rows of links. */
  readonly environmentNumber: (logStreamName: string) => number;
  readonly toleranceMs: number;
}

export function joinSources(input: JoinInput): Partners {
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

/** Whether all sources there are show the same undisturbed invocation. */
export function undisturbed(input: JoinInput, partners: Partners): (row: number) => boolean {
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
    const boot = stream.part.boots.get(bootId);
    if (boot === undefined || boot.irregular || boot.firstSequence !== 1 || boot.lines !== boot.lastSequence)
      return false;
    if (peer !== null) {
      if (seen === -1 || peer.accepted.get(bootId) !== boot.accepted) return false;
      if (Math.abs(peer.store.from(seen) - connectedAt) > toleranceMs) return false;
      if (peer.store.to(seen) > end + toleranceMs) return false;
    }
    if (link === null) return true;
    if (linked === -1 || link.opened.get(stream.logStreamName) !== stream.part.attempts) return false;
    // A link is of the function's own machine.
    if (link.store.from(linked) < start || link.store.from(linked) > connectedAt) return false;
    if (link.store.to(linked) > end + toleranceMs) return false;
    return peer === null || peer.store.extra(seen) === link.store.extra(linked);
  };
}

/** By their log. */
function* quietRows({ store, streams }: JoinInput): Generator<number> {
  const own = new Set(streams.map(({ part }) => part.number));
  for (let row = 0; row < store.length; row += 1) {
    const kind = store.kind(row);
    if ((kind === ROW.served || kind === ROW.unseen) && own.has(store.stream(row))) yield row;
  }
}

/** Those that have a key in common with exactly one row of the source, and it with exactly one of them. */
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
  const groups = [groupsOf(ours.rows(), key), groupsOf(theirs.rows(), source.key)] as const;
  let [mine, other] = [groups[0].next().value, groups[1].next().value];
  while (mine !== undefined && other !== undefined) {
    if (mine.key === other.key && mine.count === 1 && other.count === 1) partners[mine.row] = other.row + 1;
    const [before, behind] = [mine.key <= other.key, other.key <= mine.key];
    if (before) mine = groups[0].next().value;
    if (behind) other = groups[1].next().value;
  }
  ours.close();
  theirs.close();
  return (row) => (partners[row] as number) - 1;
}

interface Group {
  readonly key: number;
  readonly row: number;
  readonly count: number;
}

function* groupsOf(rows: Iterable<number>, key: (row: number) => number): Generator<Group, undefined> {
  let [first, value, count] = [-1, NaN, 0];
  for (const row of rows) {
    const next = key(row);
    if (count > 0 && next !== value) yield { key: value, row: first, count };
    [first, count] = next === value ? [first, count + 1] : [row, 1];
    value = next;
  }
  if (count > 0) yield { key: value, row: first, count };
}
