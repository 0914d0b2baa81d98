/** Evidence in the form that the judgement reads: log streams as decoded events. Each source can be read several times. */
import type { DurationMs } from "../base/time.ts";
import type { Evidence, FunctionEvidence } from "../record/evidence.ts";
import type { JournalEvent } from "../record/journal.ts";
import type { LinkLogRecord } from "../record/link-log.ts";
import type { PeerLogRecord } from "../record/peer-log.ts";
import type { StreamEvent } from "../logs/stream-event.ts";

export interface GatheredEvidence extends Omit<Evidence, "functions" | "journal"> {
  readonly journal: Iterable<JournalEvent> | null;
  readonly functions: readonly GatheredFunction[];
}

export interface GatheredFunction extends Omit<FunctionEvidence, "records" | "peerLog" | "linkLog"> {
  readonly peerLog: Iterable<PeerLogRecord> | null;
  readonly linkLog: Iterable<LinkLogRecord> | null;
  readonly streams: readonly LogStream[];
  /** Absent if the times of the logs are exact: whole milliseconds of UTC. */
  readonly logClock?: { readonly resolutionMs: DurationMs; readonly zoneMs: DurationMs };
}

/** A log stream that can be read several times. */
export interface LogStream {
  readonly logStreamName: string;
  /** Whether `events` gives each event once and in order. */
  readonly inOrder: boolean;
  events(): Iterable<StreamEvent>;
}
