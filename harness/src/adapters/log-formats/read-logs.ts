/** Reads exported logs and peer logs into evidence, file by file in the given order. */
import type { GatheredEvidence } from "../../evidence/gathered-evidence.ts";
import { LogGathering, type GatherLogsOptions } from "../../evidence/gather-logs.ts";
import type { TextStore } from "../../evidence/text-store.ts";
import type { LogEvent, SkippedLine } from "../../logs/log-event.ts";
import { GOOD_EXPORT } from "../../logs/forms/form.ts";
import { streamOfPath } from "../../logs/stream-name.ts";
import type { JudgedNotice } from "../../record/notices.ts";
import { PEER_EVENTS } from "../../record/peer-log.ts";
import { groupBy } from "../../base/group-by.ts";
import type { EpochMs } from "../../base/time.ts";
import { readPeerLog } from "./read-peer-log.ts";
import { readValues, type Batch } from "./read-values.ts";

export interface LogInput {
  readonly source: string;
  /** The bytes of a file, or events that need no reading, such as those of CloudWatch's API. */
  open(): AsyncIterable<Buffer | readonly LogEvent[]>;
}

export interface PeerLogInput extends LogInput {
  open(): AsyncIterable<Buffer>;
  /**
   * The name of the function whose peer wrote the log. If the only function has several peers, the name of the peer. Null if the only
   * function has one peer.
   */
  readonly name: string | null;
}

export interface LogRequest extends GatherLogsOptions {
  readonly logs: readonly LogInput[];
  readonly peerLogs: readonly PeerLogInput[];
  /** The zone of times in peer logs whose lines name no zone. */
  readonly peerLogZone?: string | null;
  readonly peerLogPatterns?: readonly RegExp[];
}

export interface LogEvidence {
  readonly evidence: GatheredEvidence;
  /** The end of the evidence, if it is later than the last event. */
  readonly until: EpochMs | null;
  readonly notices: readonly JudgedNotice[];
  /** Functions that have a log group of their own (evidence/own-groups.ts). */
  readonly ownGroups: readonly string[];
  /** To be called at the end. After that, no log stream can be read. */
  readonly close: () => void;
}

export async function readLogs(request: LogRequest, store: TextStore): Promise<LogEvidence> {
  try {
    const gathering = new LogGathering(store, request);
    const { since, until } = request.range;
    for (const log of request.logs) {
      const add = gathering.logs(log.source);
      const skip = { since: since ?? -Infinity, until: until ?? Infinity };
      for await (const { values, unreadable } of readLogFile(log.source, log.open(), skip)) {
        for (const line of values) add(line);
        gathering.unreadable(unreadable);
      }
    }
    gathering.logsEnd();
    for (const files of groupBy(request.peerLogs, ({ name }) => name).values()) {
      const [first] = files;
      const sink = first === undefined ? null : gathering.peerLog(first.name, first.source);
      if (sink === null) continue;
      const options = {
        zone: request.peerLogZone ?? null,
        patterns: request.peerLogPatterns ?? [],
        ...gathering.peerLogsTime,
      };
      const taken = await readPeerLog(files, options, (record) => sink.record(record));
      for (const lost of taken.unreadable) sink.unreadable(lost);
      if (taken.notices.length > 0) sink.showsNothing(taken.notices);
    }
    return { ...gathering.evidence(), close: () => store.close() };
  } catch (error) {
    store.close();
    throw error;
  }
}

const FORMS = `docs/analyze.md lists what can be read. This export loses nothing: ${GOOD_EXPORT}`;

/** An event, or what is known of an application line that was skipped. */
type LogFileLine = LogEvent | SkippedLine;

/** Reads one file of a function's logs into log events, in batches. */
export function readLogFile(
  source: string,
  parts: ReturnType<LogInput["open"]>,
  skip: { readonly since: number; readonly until: number },
): AsyncIterable<Batch<LogFileLine>> {
  const named = streamOfPath(source) !== null;
  return readValues<never, LogFileLine>(source, parts, {
    what: "logs of a Lambda function",
    mayHoldOthers: false,
    hint: (example) =>
      looksLikePeerLog(example) ? "It looks like the peer's log: give it with --peer-log." : FORMS,
    own: () => null,
    skip,
    value(piece) {
      if (piece.kind !== "event") return piece.kind === "skipped" ? piece.line : null;
      const { event, remedy } = piece;
      return remedy !== null && event.logStreamName === null && !named ? null : event;
    },
  });
}

const PEER_EVENT = new RegExp(`"event":\\s*"(?:${PEER_EVENTS.join("|")})"`);

function looksLikePeerLog(example: string | null): boolean {
  return example !== null && PEER_EVENT.test(example);
}
