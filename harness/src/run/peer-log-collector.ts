/**
 * The log of a managed peer, read from its log group as the function's own log is: the same pages, the same overlap for
 * what comes late. What is no line of the contract (a crash of the process, a line of the platform) is counted, not kept.
 */
import type { LogRecord } from "../domain/log-record.ts";
import { PEER_EVENTS, type PeerLogRecord, type PeerReadyRecord } from "../domain/peer-log.ts";
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
  readonly take: (record: PeerLogRecord | PeerReadyRecord) => void;
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

/** The line verbatim with CloudWatch's id added, or null if it is no peer log line (docs/contracts.md#the-peer-log-line). */
export function peerLine({ message, eventId }: LogRecord): PeerLogRecord | PeerReadyRecord | null {
  if (!message.trimStart().startsWith("{")) return null;
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return null;
  }
  const line = value as Readonly<Record<string, unknown>>;
  if (
    !PEER_EVENTS.some((event) => event === line["event"]) ||
    typeof line["time"] !== "string" ||
    parseIsoTime(line["time"]) === null
  )
    return null;
  return { ...line, ...(eventId === null ? {} : { eventId }) } as unknown as PeerLogRecord | PeerReadyRecord;
}

/** A record that stands for one that was taken before: its id and its time are all that is looked at. */
function knownRecord(logGroup: string, { time, eventId }: PeerLogRecord): readonly LogRecord[] {
  const timestamp = parseIsoTime(time);
  if (timestamp === null || eventId === undefined) return [];
  return [{ logGroup, logStreamName: "", timestamp, message: "", ingestionTime: null, eventId }];
}
