/** When something happened that is not quiet, by the sources other than the lines of the log that are loose themselves. */
import { parseIsoTime } from "../units/time.ts";
import type { Partners, OtherSources } from "./function-sources.ts";
import { ROW, type RecordStore } from "./record-store.ts";
import type { SourceStore } from "./source-store.ts";
import type { OrderedStream } from "./stored-stream.ts";

export interface LooseTimes {
  readonly driver: readonly number[];
  readonly peer: readonly number[];
  readonly link: readonly number[];
  /** Of invocations that are quiet by their log alone. */
  readonly log: readonly number[];
}

interface LooseInput {
  readonly streams: readonly OrderedStream[];
  readonly others: OtherSources;
  readonly partners: Partners;
  readonly isQuiet: (row: number) => boolean;
}

export function looseTimes(
  store: RecordStore,
  { streams, others, partners, isQuiet }: LooseInput,
): LooseTimes {
  const own = new Set(streams.map(({ part }) => part.number));
  const { driver, peer, link } = others;
  const joined = {
    driver: new Set<number>(),
    peer: new Set<number>(),
    link: new Set<number>(),
  };
  const log: number[] = [];
  const hasOthers = driver !== null || peer !== null || link !== null;
  for (let row = 0; hasOthers && row < store.length; row += 1) {
    const kind = store.kind(row);
    if ((kind !== ROW.served && kind !== ROW.unseen) || !own.has(store.stream(row))) continue;
    if (!isQuiet(row)) {
      log.push(store.start(row), store.connectedAt(row), store.end(row));
      continue;
    }
    joined.driver.add(partners.driver(row));
    joined.peer.add(partners.peer(row));
    joined.link.add(partners.link(row));
  }
  return {
    log,
    driver: driver === null ? [] : timesOf(driver, joined.driver),
    peer: peer === null ? [] : timesOf(peer.store, joined.peer),
    link: link === null ? [] : timesOf(link.store, joined.link),
  };
}

function timesOf<T extends { readonly time: string }>(
  source: SourceStore<T>,
  joined: ReadonlySet<number>,
): number[] {
  const times = source.loose.map(({ value }) => parseIsoTime(value.time)).filter((time) => time !== null);
  const all: number[] = [...times];
  for (let row = 0; row < source.length; row += 1)
    if (!joined.has(row)) all.push(source.from(row), source.to(row));
  return all;
}
