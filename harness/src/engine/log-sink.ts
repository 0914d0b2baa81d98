/** Where environments write their log events; log-store/ implements it, tests use an array. */
export interface LogSink {
  /** The log groups of a Region, where the sink tells Regions apart. */
  of?(region: string): LogSink;
  /** Makes the stream (one per environment, at its Init). Creating one that exists is an invariant error. */
  createStream(logGroup: string, logStreamName: string, createdAt: number): void;
  /** Appends one event. `timestamp` is epoch milliseconds; order within a stream is the order of the calls. */
  write(logGroup: string, logStreamName: string, timestamp: number, message: string): void;
}
