/** Reads the evidence of one function from the store. */
import type { GatheredFunction } from "./gathered-evidence.ts";
import type { LeftOut } from "./leave-out.ts";
import type { RecordStore } from "./record-store.ts";
import type { RowSet } from "./row-set.ts";
import type { FunctionSources, FunctionStream } from "./function-sources.ts";
import { storedStreams, type OrderedStream } from "./stored-stream.ts";

export interface StoredFunction {
  readonly evidence: Pick<
    GatheredFunction,
    "streams" | "condensedDurationsMs" | "condensedTimes" | "condensedElsewhere" | "peerLog" | "linkLog"
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
      evidence: {
        streams: storedStreams(streams.flatMap(partsOf), { store, kept: null, counted: false }),
        peerLog,
        linkLog,
      },
      isLeftOut: () => false,
    };
  return {
    evidence: {
      streams: storedStreams(leftOut.streams, { store, kept, counted: leftOut.counted }),
      condensedDurationsMs: leftOut.durationsMs,
      condensedTimes: leftOut.times,
      ...(leftOut.elsewhere === null ? {} : { condensedElsewhere: leftOut.elsewhere }),
      peerLog,
      linkLog,
    },
    isLeftOut: (row) => leftOut.driverRows.has(row),
  };
}

const NO_SIGNS: OrderedStream["signs"] = [];

function partsOf({ logStreamName, parts, signs }: FunctionStream): readonly OrderedStream[] {
  return parts.map((part, index) => ({ logStreamName, part, signs: index === 0 ? signs : NO_SIGNS }));
}
