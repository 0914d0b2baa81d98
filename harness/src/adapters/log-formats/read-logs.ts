/** Exported logs and the logs of peers → evidence: every file is read, in the order in which it is given. */
import type { GatheredEvidence } from "../../evidence/gathered-evidence.ts";
import { LogGathering, type GatherLogsOptions } from "../../evidence/gather-logs.ts";
import type { RowStore } from "../../evidence/row-store.ts";
import type { EpochMs } from "../../units/time.ts";
import { readLogFile } from "./read-log-file.ts";
import { readPeerLog } from "./read-peer-log.ts";

export interface LogInput {
  /** As the user knows it. */
  readonly source: string;
  open(): AsyncIterable<Buffer>;
}

export interface PeerLogInput extends LogInput {
  /** Null: of the only function. */
  readonly functionName: string | null;
}

export interface LogRequest extends GatherLogsOptions {
  readonly logs: readonly LogInput[];
  readonly peerLogs: readonly PeerLogInput[];
}

export interface LogEvidence {
  readonly evidence: GatheredEvidence;
  /** Where the evidence ends, when that is not its last event. */
  readonly until: EpochMs | null;
  /** What the user should know of what was given. */
  readonly notices: readonly string[];
  /** Gives up what the evidence is read back from: after that, no log stream of it can be read any more. */
  readonly close: () => void;
}

/** `rows`: where what is read lies. */
export async function readLogs(request: LogRequest, rows: RowStore): Promise<LogEvidence> {
  try {
    const gathering = new LogGathering(rows, request);
    const { since, until } = request.range;
    for (const log of request.logs) {
      const sink = gathering.logs(log.source);
      const lost = await readLogFile(log.source, log.open(), (event) => sink.event(event), {
        line: (line) => sink.skipped(line),
        since: since ?? -Infinity,
        until: until ?? Infinity,
      });
      gathering.unreadable(lost);
    }
    gathering.logsEnd();
    for (const peerLog of request.peerLogs) {
      const { functionName, source } = peerLog;
      const sink = gathering.peerLog(functionName, source);
      if (sink === null) continue;
      sink.unreadable(await readPeerLog(source, peerLog.open(), (record) => sink.record(record)));
    }
    return { ...gathering.evidence(), close: () => rows.close() };
  } catch (error) {
    rows.close();
    throw error;
  }
}
