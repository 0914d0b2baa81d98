/** Finds the times of everything that is not quiet (evidence-need.ts), except in the function's own log (`StreamRecords.oddTimes`). */
import { parseIsoTime } from "../../units/time.ts";
import { RowSet } from "../row-set.ts";
import type { SourceStore } from "../source-store.ts";
import type { Retaining } from "./retainer.ts";

export interface LooseTimes {
  readonly driver: readonly number[];
  readonly peer: readonly number[];
  readonly link: readonly number[];
  /** The times of invocations that are quiet according to the function's log, but not according to every other source. */
  readonly log: readonly number[];
}

const known = new WeakMap<Retaining, LooseTimes>();

export function looseTimes(retaining: Retaining): LooseTimes {
  let times = known.get(retaining);
  if (times === undefined) {
    times = findLooseTimes(retaining);
    known.set(retaining, times);
  }
  return times;
}

function findLooseTimes({ store, streams, others, partners, isQuiet }: Retaining): LooseTimes {
  const own = new RowSet(store.streams);
  for (const { part } of streams) own.add(part.number);
  const { driver, peer, link } = others;
  const joined = {
    driver: new RowSet(driver?.length ?? 0),
    peer: new RowSet(peer?.store.length ?? 0),
    link: new RowSet(link?.store.length ?? 0),
  };
  const log: number[] = [];
  for (let row = 0; row < store.length; row += 1) {
    if (!store.looksQuiet(row) || !own.has(store.stream(row))) continue;
    if (!isQuiet(row)) {
      log.push(store.start(row), store.connectedAt(row), store.end(row));
      continue;
    }
    if (driver !== null) joined.driver.add(partners.driver(row));
    if (peer !== null) joined.peer.add(partners.peer(row));
    if (link !== null) joined.link.add(partners.link(row));
  }
  return {
    log,
    driver: driver === null ? [] : timesOf(driver, joined.driver),
    peer: peer === null ? [] : timesOf(peer.store, joined.peer),
    link: link === null ? [] : timesOf(link.store, joined.link),
  };
}

function timesOf<T extends { readonly time: string }>(source: SourceStore<T>, joined: RowSet): number[] {
  const times: number[] = [];
  for (const { value } of source.loose) {
    const time = parseIsoTime(value.time);
    if (time !== null) times.push(time);
  }
  for (let row = 0; row < source.length; row += 1)
    if (!joined.has(row)) times.push(source.from(row), source.to(row));
  return times;
}
