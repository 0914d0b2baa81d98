/** Exported logs to evidence: every file read, streams given to functions, peer logs joined to theirs. No run stands behind it. */
import { LongrunError } from "../../../domain/errors.ts";
import type { Evidence, FunctionEvidence } from "../../../domain/evidence.ts";
import type { EpochMs } from "../../../units/time.ts";
import { LogCollector, type CollectedStream, type TimeRange } from "./log-collector.ts";
import { nameFunctions } from "./name-functions.ts";
import { RecordStore } from "../evidence-store/record-store.ts";
import {
  storedFunctions,
  type CondenseOptions,
  type StoredEvidence,
} from "../evidence-store/stored-functions.ts";
import { readLogFile } from "./read-log-file.ts";
import { readPeerLog, type ReadPeerLog } from "./read-peer-log.ts";
import type { Unreadable } from "./read-values.ts";
import { streamOfPath } from "./stream-name.ts";

export interface LogInput {
  /** As the user knows it. */
  readonly source: string;
  open(): AsyncIterable<Buffer>;
}

export interface PeerLogInput extends LogInput {
  /** Null: of the only function. */
  readonly functionName: string | null;
}

export interface LogRequest {
  readonly logs: readonly LogInput[];
  readonly peerLogs: readonly PeerLogInput[];
  /** `--function`. */
  readonly functionName: string | null;
  readonly range: TimeRange;
  readonly condense: CondenseOptions;
}

export interface LogEvidence {
  readonly evidence: Evidence;
  /** Where the evidence ends, when that is not its last event. */
  readonly until: EpochMs | null;
  /** Gives up what the evidence is read back from: after that, no log stream of it can be read any more. */
  readonly close: () => void;
}

export async function readLogs(request: LogRequest): Promise<LogEvidence> {
  const store = new RecordStore();
  try {
    return { ...(await readInto(store, request)), close: () => store.close() };
  } catch (error) {
    store.close();
    throw error;
  }
}

async function readInto(store: RecordStore, request: LogRequest): Promise<Omit<LogEvidence, "close">> {
  const collector = new LogCollector(request.range, store, {
    // A peer's log has a word in every invocation: with one, none is quiet.
    watch: request.peerLogs.length === 0,
    reachMs: 2 * request.condense.clockToleranceMs,
  });
  const unreadable: Unreadable[] = [];
  for (const log of request.logs) {
    const { source } = log;
    const stream = streamOfPath(source);
    const lost = await readLogFile(
      source,
      log.open(),
      (event) => collector.add(event, source, stream),
      (line) => collector.addApplication(line, source),
    );
    if (lost !== null) unreadable.push(lost);
  }
  const streams = collector.finish();
  refuseMixed(streams);
  const named = nameFunctions(streams, request.functionName);
  if (!named.ok) {
    throw new LongrunError(
      "usage",
      `--function ${request.functionName ?? ""}: expected a function that the logs name: ${named.named.join(", ")}.`,
    );
  }
  const names = [...named.streams.keys()];
  const peers = await readPeers(request.peerLogs, names);
  const stored = storedFunctions(named.streams, store, {
    ...request.condense,
    heldMax: request.peerLogs.length === 0 ? request.condense.heldMax : Infinity,
  });
  const functions = [...named.streams].map(([name, own]) =>
    functionEvidence(name, own, {
      peer: peers.get(name) ?? null,
      unreadable,
      stored: stored.get(name) ?? { streams: [] },
    }),
  );
  return {
    evidence: { manifest: null, journal: null, plan: null, applied: null, functions },
    until: collector.cutAtEnd ? request.range.until : null,
  };
}

function functionEvidence(
  name: string,
  streams: readonly CollectedStream[],
  {
    peer,
    unreadable,
    stored,
  }: {
    readonly peer: ReadPeerLog | null;
    readonly unreadable: readonly Unreadable[];
    readonly stored: StoredEvidence;
  },
): FunctionEvidence {
  const sources = new Set(streams.flatMap((stream) => [...stream.sources]));
  return {
    name,
    functionArn: null,
    records: [],
    ...stored,
    peerLog: peer?.records ?? null,
    linkLog: null,
    // A line that cannot be read may have been of any function in its file.
    unreadable: [
      ...unreadable.filter(({ source }) => sources.has(source)),
      ...(peer?.unreadable == null ? [] : [peer.unreadable]),
    ],
  };
}

async function readPeers(
  inputs: readonly PeerLogInput[],
  names: readonly string[],
): Promise<ReadonlyMap<string, ReadPeerLog>> {
  const peers = new Map<string, ReadPeerLog>();
  for (const input of inputs) {
    const name = input.functionName ?? (names.length === 1 ? names[0] : undefined);
    if (names.length > 0 && (name === undefined || !names.includes(name))) {
      throw new LongrunError(
        "usage",
        `--peer-log ${input.functionName === null ? "" : `${input.functionName}=`}${input.source}: expected FUNCTION=FILE with one of ${names.join(", ")}.`,
      );
    }
    const read = await readPeerLog(input.source, input.open());
    if (name === undefined) continue;
    const before = peers.get(name);
    peers.set(
      name,
      before === undefined
        ? read
        : { records: [...before.records, ...read.records], unreadable: before.unreadable ?? read.unreadable },
    );
  }
  return peers;
}

/** Lines of several environments without their streams: no judgement of them can be right. */
function refuseMixed(streams: readonly CollectedStream[]): void {
  const mixed = streams.find((stream) => stream.mixed);
  if (mixed === undefined) return;
  throw new LongrunError(
    "usage",
    `${mixed.logStreamName}: expected lines with their log streams, found those of several execution environments without.`,
    {
      hint: "aws logs filter-log-events names the stream of each event, and so does aws logs tail without --format short.",
    },
  );
}
