/** Exported logs to evidence: every file read, streams given to functions, peer logs joined to theirs. No run stands behind it. */
import { LongrunError } from "../../domain/errors.ts";
import type { Evidence, FunctionEvidence } from "../../domain/evidence.ts";
import type { EpochMs } from "../../units/time.ts";
import { StreamCollector, type CollectedStream, type TimeRange } from "../../evidence/stream-collector.ts";
import { nameFunctions } from "../../evidence/name-functions.ts";
import type { StoredFunction } from "../../evidence/function-evidence.ts";
import { PeerSource } from "../../evidence/peer-source.ts";
import { RecordStore } from "../../evidence/record-store.ts";
import type { StoreOptions } from "../../evidence/sources.ts";
import { storedFunctions } from "../../evidence/stored-functions.ts";
import { readLogFile } from "./read-log-file.ts";
import { readPeerLog } from "./read-peer-log.ts";
import type { Unreadable } from "./read-values.ts";
import { streamOfPath } from "../../evidence/stream-name.ts";

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
  readonly condense: Pick<StoreOptions, "heldMax" | "clockToleranceMs">;
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
  const peers = new Map<string, PeerLog>();
  const close = (): void => {
    store.close();
    for (const { source } of peers.values()) source.store.close();
  };
  try {
    return { ...(await readInto(store, peers, request)), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Of one function. */
interface PeerLog {
  readonly source: PeerSource;
  unreadable: Unreadable | null;
}

async function readInto(
  store: RecordStore,
  peers: Map<string, PeerLog>,
  request: LogRequest,
): Promise<Omit<LogEvidence, "close">> {
  const collector = new StreamCollector(request.range, store, {
    watch: true,
    reachMs: 2 * request.condense.clockToleranceMs,
  });
  const unreadable: Unreadable[] = [];
  for (const log of request.logs) {
    const { source } = log;
    const stream = streamOfPath(source);
    const lost = await readLogFile(source, log.open(), (event) => collector.add(event, source, stream), {
      line: (line) => collector.addApplication(line, source, stream),
      since: request.range.since ?? -Infinity,
      until: request.range.until ?? Infinity,
    });
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
  await readPeers(store, peers, request.peerLogs, [...named.streams.keys()]);
  const sources = [...named.streams].map(([name, own]) => {
    const peer = peers.get(name)?.source ?? null;
    return [name, { streams: own, sides: { driver: null, peer, link: null } }] as const;
  });
  const stored = storedFunctions(new Map(sources), store, {
    ...request.condense,
    environmentNumber: () => 0,
  });
  const functions = [...named.streams].map(([name, own]) =>
    functionEvidence(name, own, {
      lost: [...unreadable, peers.get(name)?.unreadable ?? null],
      stored: stored.get(name)?.evidence ?? { peerLog: null, linkLog: null },
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
    lost,
    stored,
  }: { readonly lost: readonly (Unreadable | null)[]; readonly stored: StoredFunction["evidence"] },
): FunctionEvidence {
  const sources = new Set<string>();
  for (const stream of streams) for (const source of stream.sources) sources.add(source);
  return {
    name,
    functionArn: null,
    records: [],
    ...stored,
    // A line that cannot be read may have been of any function in its file.
    unreadable: lost.filter((one) => one !== null).filter(({ source }) => sources.has(source)),
  };
}

async function readPeers(
  store: RecordStore,
  peers: Map<string, PeerLog>,
  inputs: readonly PeerLogInput[],
  names: readonly string[],
): Promise<void> {
  for (const input of inputs) {
    const name = input.functionName ?? (names.length === 1 ? names[0] : undefined);
    if (names.length > 0 && (name === undefined || !names.includes(name))) {
      throw new LongrunError(
        "usage",
        `--peer-log ${input.functionName === null ? "" : `${input.functionName}=`}${input.source}: expected FUNCTION=FILE with one of ${names.join(", ")}.`,
      );
    }
    const peer = peers.get(name ?? "") ?? {
      source: new PeerSource((bootId) => store.bootNumber(bootId)),
      unreadable: null,
    };
    peers.set(name ?? "", peer);
    const unreadable = await readPeerLog(input.source, input.open(), (record) => peer.source.take(record));
    peer.unreadable ??= unreadable;
  }
  for (const { source } of peers.values()) source.finish();
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
