/**
 * What of each function is only counted: quiet invocations by stream and boot, and what the other sources say of them. How long they took
 * stays where it is and is read when it is wanted.
 */
import type { CondensedElsewhere, CondensedInvocations } from "./gathered-evidence.ts";
import { ROW, type RecordStore } from "./record-store.ts";
import { ordinalKey } from "./match-exact.ts";
import { RowSet } from "./row-set.ts";
import type { Condensing } from "./function-sources.ts";

export interface Counted {
  readonly streams: Condensing["streams"];
  readonly condensed: readonly CondensedInvocations[];
  readonly elsewhere: CondensedElsewhere;
  /** Rows of the other sources that are counted with them. */
  readonly driverRows: RowSet;
  readonly peerRows: RowSet;
  readonly linkRows: RowSet;
  readonly durationsMs: Iterable<number>;
}

type Counting = { -readonly [Key in keyof CondensedInvocations]: CondensedInvocations[Key] };

export function countCondensed(
  store: RecordStore,
  functions: readonly Condensing[],
  kept: RowSet,
): ReadonlyMap<string, Counted> {
  return new Map(functions.map((one) => [one.name, countOne(store, one, kept)]));
}

function countOne(store: RecordStore, one: Condensing, kept: RowSet): Counted {
  const { driver, peer, link } = one.others;
  const streamNames = new Map(one.streams.map(({ logStreamName, part }) => [part.number, logStreamName]));
  const counts = new Map<number, Counting>();
  const driverRows = new RowSet(driver?.length ?? 0);
  const peerRows = new RowSet(peer?.store.length ?? 0);
  const linkRows = new RowSet(link?.store.length ?? 0);
  const elsewhere = { driven: 0, peerConnections: new Map<number, number>(), linkConnections: 0 };
  for (const row of condensedRows(store, streamNames, kept)) {
    count(counts, store, row, streamNames);
    if (driver !== null) {
      driverRows.add(one.partners.driver(row));
      elsewhere.driven += 1;
    }
    if (peer !== null) {
      const seen = one.partners.peer(row);
      peerRows.add(seen);
      const life = peer.lives[seen] ?? 0;
      elsewhere.peerConnections.set(life, (elsewhere.peerConnections.get(life) ?? 0) + 1);
    }
    if (link !== null) {
      linkRows.add(one.partners.link(row));
      elsewhere.linkConnections += 1;
    }
  }
  return {
    streams: one.streams,
    condensed: [...counts.values()],
    elsewhere,
    driverRows,
    peerRows,
    linkRows,
    durationsMs: durationsOf(store, one, kept),
  };
}

function count(
  counts: Map<number, Counting>,
  store: RecordStore,
  row: number,
  streamNames: ReadonlyMap<number, string>,
): void {
  const [stream, bootId] = [store.stream(row), store.bootId(row)];
  const key = ordinalKey(stream, store.bootNumber(bootId));
  let counted = counts.get(key);
  if (counted === undefined) {
    const logStreamName = streamNames.get(stream) ?? "";
    counted = { logStreamName, bootId, served: store.kind(row) === ROW.served, invocations: 0, lines: 0 };
    counts.set(key, counted);
  }
  counted.invocations += 1;
  counted.lines += store.lines(row);
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

/** What a caller waited where a driver says it, else what the platform reports. Holds nothing of the streams but their numbers. */
function durationsOf(
  store: RecordStore,
  { streams, others: { driver }, partners }: Condensing,
  kept: RowSet,
): Iterable<number> {
  const own = new RowSet(store.streams);
  for (const { part } of streams) own.add(part.number);
  const { driver: partner } = partners;
  return {
    *[Symbol.iterator]() {
      for (const row of condensedRows(store, own, kept)) {
        const durationMs = driver === null ? store.durationMs(row) : driver.extra(partner(row));
        if (durationMs !== null) yield durationMs;
      }
    },
  };
}
