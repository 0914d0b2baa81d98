/** The evidence of one function out of the store: all of it, or without what is only counted. */
import type { GatheredFunction } from "./gathered-evidence.ts";
import type { Counted } from "./count-condensed.ts";
import type { RecordStore } from "./record-store.ts";
import type { RowSet } from "./row-set.ts";
import type { FunctionSources, StoredStream } from "./function-sources.ts";
import { StoredLogStream } from "./stored-stream.ts";

export interface StoredFunction {
  readonly evidence: Pick<
    GatheredFunction,
    "streams" | "condensed" | "condensedDurationsMs" | "condensedElsewhere" | "peerLog" | "linkLog"
  >;
  /** Whether the driver's row is only counted. */
  readonly isCounted: (driverRow: number) => boolean;
}

export function functionEvidence(
  store: RecordStore,
  { streams, others }: FunctionSources,
  counted: Counted | null,
  kept: RowSet,
): StoredFunction {
  const peerLog = others.peer?.store.read((row) => counted === null || !counted.peerRows.has(row)) ?? null;
  const linkLog = others.link?.store.read((row) => counted === null || !counted.linkRows.has(row)) ?? null;
  if (counted === null || counted.condensed.length === 0)
    return {
      evidence: { streams: streams.flatMap((stream) => whole(store, stream)), peerLog, linkLog },
      isCounted: () => false,
    };
  return {
    evidence: {
      streams: counted.streams.map((stream) => new StoredLogStream(store, stream, kept)),
      condensed: counted.condensed,
      condensedDurationsMs: counted.durationsMs,
      condensedElsewhere: counted.elsewhere,
      peerLog,
      linkLog,
    },
    isCounted: (row) => counted.driverRows.has(row),
  };
}

function whole(store: RecordStore, { logStreamName, parts, signs }: StoredStream) {
  return parts.map(
    (part, index) =>
      new StoredLogStream(store, { logStreamName, part, signs: index === 0 ? signs : [] }, null),
  );
}
