/**
 * The log of a managed peer, read from its log group as the function's own log is: the same pages, the same overlap for
 * what comes late. What is no line of the contract (a crash of the process, a line of the platform) is counted, not kept.
 */
import type { LogRecord } from "../domain/log-record.ts";
import { PEER_EVENTS, type PeerLine, type PeerLogRecord } from "../domain/peer-log.ts";
import type { LogSource } from "../ports/log-source.ts";
import { epochMs, parseIsoTime, type DurationMs, type EpochMs } from "../units/time.ts";
import { LogCollector } from "./log-collector.ts";

export interface PeerLogOptions {
  readonly source: LogSource;
  readonly logGroup: string;
  readonly from: EpochMs;
  readonly overlap: DurationMs;
  /** What a run that is now resumed took before. */
  readonly known: readonly PeerLogRecord[];
  readonly take: (line: PeerLine) => void;
}

export function peerLogCollector({
  source,
  logGroup,
  from,
  overlap,
  known,
  take,
}: PeerLogOptions): LogCollector {
  const before = known.flatMap((record) => knownRecord(logGroup, record));
  const through = before.reduce((newest, { timestamp }) => Math.max(newest, timestamp), 0);
  return new LogCollector({
    source,
    logGroup,
    from,
    overlap,
    known: before.length === 0 ? null : { through: epochMs(through), records: before, count: before.length },
    take: (records) => {
      for (const record of records) {
        const line = peerLine(record);
        if (line !== null) take(line);
      }
    },
  });
}

/** The line verbatim with CloudWatch's id added, or null if it is not one of a peer's log (docs/contracts.md#the-peer-log-line). */
export function peerLine({ message, eventId }: LogRecord): PeerLine | null {
  const line = objectIn(message);
  if (line === null) return null;
  const event = PEER_EVENTS.find((name) => name === line["event"]);
  const { time } = line;
  if (event === undefined || typeof time !== "string" || parseIsoTime(time) === null) return null;
  return { ...line, time, event, ...(eventId === null ? {} : { eventId }) };
}

function objectIn(message: string): Readonly<Record<string, unknown>> | null {
  if (!message.trimStart().startsWith("{")) return null;
  try {
    return JSON.parse(message) as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
}

/** A placeholder for a record that was taken before: only its id and its time are read. */
function knownRecord(logGroup: string, { time, eventId }: PeerLogRecord): readonly LogRecord[] {
  const timestamp = parseIsoTime(time);
  if (timestamp === null || eventId === undefined) return [];
  return [{ logGroup, logStreamName: "", timestamp, message: "", ingestionTime: null, eventId }];
}
