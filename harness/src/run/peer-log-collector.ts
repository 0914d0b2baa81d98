/**
 * Collects the log of a managed peer from its log group. Lines that are not in the contract (a crash of the process, a line of the
 * platform) are counted, but not kept.
 */
import type { LogRecord } from "../record/log-record.ts";
import { PEER_EVENTS, type PeerLine, type PeerLogRecord } from "../record/peer-log.ts";
import type { LogSource } from "./ports/log-source.ts";
import { epochMs, parseIsoTime, type DurationMs, type EpochMs } from "../base/time.ts";
import { LogCollector } from "./log-collector.ts";
import { parseJsonObject } from "../base/json-object.ts";

interface PeerLogOptions {
  readonly source: LogSource;
  readonly logGroup: string;
  readonly from: EpochMs;
  readonly overlap: DurationMs;
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

/** Returns the line with CloudWatch's event id. Null if the record is not a line of a peer's log (docs/contracts.md#the-peer-log-line). */
export function peerLine({ message, eventId }: LogRecord): PeerLine | null {
  const line = parseJsonObject(message);
  if (line === null) return null;
  const event = PEER_EVENTS.find((name) => name === line["event"]);
  const { time } = line;
  if (event === undefined || typeof time !== "string" || parseIsoTime(time) === null) return null;
  return { ...line, time, event, ...(eventId === null ? {} : { eventId }) };
}

/** A placeholder for a record that was read before the interruption. Only id and time are used. */
function knownRecord(logGroup: string, { time, eventId }: PeerLogRecord): readonly LogRecord[] {
  const timestamp = parseIsoTime(time);
  if (timestamp === null || eventId === undefined) return [];
  return [{ logGroup, logStreamName: "", timestamp, message: "", ingestionTime: null, eventId }];
}
