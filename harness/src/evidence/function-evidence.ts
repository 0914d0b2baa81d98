/** The evidence of one function out of the store: all of it, or without what is only counted. */
import type { FunctionEvidence } from "../domain/evidence.ts";
import type { Counted } from "./count-condensed.ts";
import type { RecordStore } from "./record-store.ts";
import type { RowSet } from "./row-set.ts";
import type { StoredSources, StoredStream } from "./sources.ts";
import { StoredLogStream } from "./stored-stream.ts";

export interface StoredFunction {
  readonly evidence: Pick<
    FunctionEvidence,
    "streams" | "condensed" | "condensedDurationsMs" | "condensedElsewhere" | "peerLog" | "linkLog"
  >;
  /** Whether the driver's row is only counted. */
  readonly isCounted: (driverRow: number) => boolean;
}

export function functionEvidence(
  store: RecordStore,
  { streams, sides }: StoredSources,
  counted: Counted | null,
  kept: RowSet,
): StoredFunction {
  const peerLog = sides.peer?.store.read((row) => counted === null || !counted.peerRows.has(row)) ?? null;
  const linkLog = sides.link?.store.read((row) => counted === null || !counted.linkRows.has(row)) ?? null;
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

function whole(store: RecordStore, { logGroup, logStreamName, parts, signs }: StoredStream) {
  const name = { logGroup: logGroup ?? "", logStreamName };
  return parts.map(
    (part, index) => new StoredLogStream(store, { name, part, signs: index === 0 ? signs : [] }, null),
  );
}
