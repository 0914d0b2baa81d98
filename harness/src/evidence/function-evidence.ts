/** Reads the evidence of one function from the store. */
import type { GatheredFunction } from "./gathered-evidence.ts";
import type { LeftOut } from "./leave-out.ts";
import type { RecordStore } from "./record-store.ts";
import type { RowSet } from "./row-set.ts";
import type { FunctionSources, FunctionStream } from "./function-sources.ts";
import { StoredLogStream } from "./stored-stream.ts";

export interface StoredFunction {
  readonly evidence: Pick<
    GatheredFunction,
    | "streams"
    | "condensed"
    | "condensedDurationsMs"
    | "condensedTimes"
    | "condensedElsewhere"
    | "peerLog"
    | "linkLog"
  >;
  readonly isLeftOut: (driverRow: number) => boolean;
}

export function functionEvidence(
  store: RecordStore,
  { streams, others }: FunctionSources,
  leftOut: LeftOut | null,
  kept: RowSet,
): StoredFunction {
  const peerLog = others.peer?.store.read((row) => leftOut === null || !leftOut.peerRows.has(row)) ?? null;
  const linkLog = others.link?.store.read((row) => leftOut === null || !leftOut.linkRows.has(row)) ?? null;
  if (leftOut === null)
    return {
      evidence: { streams: streams.flatMap((stream) => whole(store, stream)), peerLog, linkLog },
      isLeftOut: () => false,
    };
  return {
    evidence: {
      streams: leftOut.streams.map((stream) => new StoredLogStream(store, stream, kept)),
      condensed: leftOut.condensed,
      condensedDurationsMs: leftOut.durationsMs,
      condensedTimes: leftOut.times,
      ...(leftOut.elsewhere === null ? {} : { condensedElsewhere: leftOut.elsewhere }),
      peerLog,
      linkLog,
    },
    isLeftOut: (row) => leftOut.driverRows.has(row),
  };
}

function whole(store: RecordStore, { logStreamName, parts, signs }: FunctionStream) {
  return parts.map(
    (part, index) =>
      new StoredLogStream(store, { logStreamName, part, signs: index === 0 ? signs : [] }, null),
  );
}
