/** Decides which quiet invocations (evidence-need.ts) are left out of the evidence, together with their lines in other sources. */
import type { EvidenceNeeds } from "./evidence-need.ts";
import type { Condensing } from "./function-sources.ts";
import type { CondensedElsewhere, CondensedTime } from "./gathered-evidence.ts";
import { durationsOf } from "./needs/durations.ts";
import { timesOf } from "./needs/invocation-times.ts";
import { countSources } from "./needs/source-counts.ts";
import type { RecordStore } from "./record-store.ts";
import { RowSet } from "./row-set.ts";

export interface LeftOut {
  readonly streams: Condensing["streams"];
  readonly driverRows: RowSet;
  readonly peerRows: RowSet;
  readonly linkRows: RowSet;
  /** Whether a step needs the number of invocations that are left out. */
  readonly counted: boolean;
  readonly elsewhere: CondensedElsewhere | null;
  readonly durationsMs: Iterable<number>;
  readonly times: Iterable<CondensedTime>;
}

/** Returns null if nothing of this function is left out. */
export function leaveOut(
  store: RecordStore,
  one: Condensing,
  kept: RowSet,
  needs: EvidenceNeeds,
): LeftOut | null {
  const rows = leftOutRows(store, one, kept);
  const { driver, peer, link } = one.others;
  const driverRows = new RowSet(driver?.length ?? 0);
  const peerRows = new RowSet(peer?.store.length ?? 0);
  const linkRows = new RowSet(link?.store.length ?? 0);
  let any = false;
  for (const row of rows) {
    any = true;
    if (driver !== null) driverRows.add(one.partners.driver(row));
    if (peer !== null) peerRows.add(one.partners.peer(row));
    if (link !== null) linkRows.add(one.partners.link(row));
  }
  if (!any) return null;
  return {
    streams: one.streams,
    driverRows,
    peerRows,
    linkRows,
    counted: needs.has("invocation-counts"),
    elsewhere: needs.has("source-counts") ? countSources(one, rows) : null,
    durationsMs: needs.has("durations") ? durationsOf(store, one, rows) : [],
    times: needs.has("invocation-times") ? timesOf(store, one, rows) : [],
  };
}

/** The rows are searched for again at each reading, so that no list of them stays in memory. */
function leftOutRows(store: RecordStore, { streams }: Condensing, kept: RowSet): Iterable<number> {
  const own = new RowSet(store.streams);
  for (const { part } of streams) own.add(part.number);
  return {
    *[Symbol.iterator]() {
      for (let row = 0; row < store.length; row += 1)
        if (store.looksQuiet(row) && !kept.has(row) && own.has(store.stream(row))) yield row;
    },
  };
}
