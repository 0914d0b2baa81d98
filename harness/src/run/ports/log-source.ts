/** The part of the CloudWatch Logs API that a soak needs. */
import type { LogRecord } from "../../record/log-record.ts";
import type { EpochMs } from "../../base/time.ts";

export interface LogSource {
  /** Reads all events that exist now, from the time `from` on, page by page. A log group that does not exist yet counts as empty. */
  read(
    logGroup: string,
    from: EpochMs,
    signal: AbortSignal,
    more?: ReadMore,
  ): AsyncIterable<readonly LogRecord[]>;
  close(): void;
}

export interface ReadMore {
  /** Events after this instant are not read. */
  readonly until?: EpochMs;
  /** `read` throws "unavailable" for a log group that does not exist. */
  readonly groupMustExist?: boolean;
}
