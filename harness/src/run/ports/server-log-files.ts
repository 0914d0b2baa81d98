/** Reads the logs that the user's servers write themselves. */
import type { RunNotice } from "../../record/notices.ts";
import type { PeerLogRecord } from "../../record/peer-log.ts";
import type { EpochMs } from "../../base/time.ts";

export interface ServerLogsRead {
  /** Files with lines that could not be read: how many lines, and the first one. */
  readonly unreadable: readonly {
    readonly source: string;
    readonly lines: number;
    readonly example: string | null;
  }[];
  /** About logs that show little. */
  readonly notices: readonly RunNotice[];
}

export interface ServerLogFiles {
  /** Passes on the connections that were open at `since` or later. */
  read(since: EpochMs, take: (record: PeerLogRecord) => void): Promise<ServerLogsRead>;
}
