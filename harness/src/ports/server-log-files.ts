/** Reads the own logs of the servers that the functions talk to. */
import type { PeerLogRecord } from "../domain/peer-log.ts";
import type { EpochMs } from "../units/time.ts";

export interface ServerLogsRead {
  /** What could not be read, and how many lines of it. */
  readonly unreadable: readonly {
    readonly source: string;
    readonly lines: number;
    readonly example: string | null;
  }[];
  /** Remarks for the user about logs that show little. */
  readonly notices: readonly string[];
}

export interface ServerLogFiles {
  /** Passes on the connections that were open at `since` or later. */
  read(since: EpochMs, take: (record: PeerLogRecord) => void): Promise<ServerLogsRead>;
}
