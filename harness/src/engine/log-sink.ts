import type { EpochMs } from "../base/time.ts";
import type { LateWrites } from "./late-writes.ts";

/** A line that an environment has written into its log. */
export interface WrittenLine {
  readonly logGroup: string;
  readonly logStream: string;
  readonly time: EpochMs;
  readonly message: string;
}

/** The interface through which environments write their log events. */
export interface LogSink {
  readonly late: LateWrites;
  /** Returns the sink for the log groups of a Region. Absent if the sink does not separate Regions. */
  of?(region: string): LogSink;
  /** Creates the stream (one per environment, at its Init). It is an invariant error if the stream exists already. */
  createStream(logGroup: string, logStreamName: string, createdAt: number): void;
  /** Appends one event. `timestamp` is epoch milliseconds; order within a stream is the order of the calls. */
  write(logGroup: string, logStreamName: string, timestamp: number, message: string): void;
}

/** Thrown if a log event cannot be written, for example because the disk is full. Nothing of the event was kept, so it can be tried again. */
export class LogsUnwritable extends Error {
  override readonly name = "LogsUnwritable";
}
