/** The CloudWatch Logs API as a soak needs it. */
import type { LogRecord } from "../domain/log-record.ts";
import type { EpochMs } from "../units/time.ts";

export interface LogSource {
  /** All events from `from` on that can be read now, page by page; a log group that does not exist yet has none. */
  read(logGroup: string, from: EpochMs, signal: AbortSignal): AsyncIterable<readonly LogRecord[]>;
  close(): void;
}
