/** The log of a real server. A reader turns its lines into lines of the peer log (docs/contracts.md#the-peer-log-line). */
import type { ServerLogKind } from "../../words/server-log-kinds.ts";
import type { PeerLogRecord } from "../../record/peer-log.ts";
import type { EpochMs } from "../../base/time.ts";
import type { LogClock } from "./log-clock.ts";

export interface ServerLog {
  /** Whether this line belongs to a log of this kind and to no other. */
  begins(line: string): boolean;
  readonly kind: ServerLogKind;
  /** Returns the time of a line, by which several files are put in order. Null if the line has no time. */
  timeOf(line: string, clock: LogClock): EpochMs | null;
  /** Null if no setting makes this log show which connections were served. */
  readonly reader: ((clock: LogClock, sink: ServerLogSink) => ServerLogReader) | null;
}

export interface ServerLogReader {
  line(text: string): void;
  finish(): void;
}

export interface ServerLogSink {
  record(record: PeerLogRecord): void;
  /** Takes a line that is broken, or that has no usable time. */
  lost(line: string): void;
}
