/** Reads exported logs and peer logs into evidence, file by file in the given order. */
import type { GatheredEvidence } from "../../evidence/gathered-evidence.ts";
import { LogGathering, type GatherLogsOptions } from "../../evidence/gather-logs.ts";
import type { TextStore } from "../../evidence/text-store.ts";
import type { JudgedNotice } from "../../record/notices.ts";
import { groupBy } from "../../base/group-by.ts";
import type { EpochMs } from "../../base/time.ts";
import { readLogFile } from "./read-log-file.ts";
import { readPeerLog } from "./read-peer-log.ts";

export interface LogInput {
  readonly source: string;
  open(): AsyncIterable<Buffer>;
}

export interface PeerLogInput extends LogInput {
  /**
   * The name of the function whose peer wrote the log. If the only function has several peers, the name of the peer. Null if the only
   * function has one peer.
   */
  readonly name: string | null;
}

export interface LogRequest extends GatherLogsOptions {
  readonly logs: readonly LogInput[];
  readonly peerLogs: readonly PeerLogInput[];
  /** The zone of times in peer logs whose lines name no zone. */
  readonly peerLogZone?: string | null;
}

export interface LogEvidence {
  readonly evidence: GatheredEvidence;
  /** The end of the evidence, if it is later than the last event. */
  readonly until: EpochMs | null;
  readonly notices: readonly JudgedNotice[];
  /** Functions that have a log group of their own (evidence/own-groups.ts). */
  readonly ownGroups: readonly string[];
  /** To be called at the end. After that, no log stream can be read. */
  readonly close: () => void;
}

export async function readLogs(request: LogRequest, store: TextStore): Promise<LogEvidence> {
  try {
    const gathering = new LogGathering(store, request);
    const { since, until } = request.range;
    for (const log of request.logs) {
      const add = gathering.logs(log.source);
      const skip = { since: since ?? -Infinity, until: until ?? Infinity };
      for await (const { values, unreadable } of readLogFile(log.source, log.open(), skip)) {
        for (const line of values) add(line);
        gathering.unreadable(unreadable);
      }
    }
    gathering.logsEnd();
    for (const files of groupBy(request.peerLogs, ({ name }) => name).values()) {
      const [first] = files;
      const sink = first === undefined ? null : gathering.peerLog(first.name, first.source);
      if (sink === null) continue;
      const options = { zone: request.peerLogZone ?? null, ...gathering.peerLogsTime };
      const taken = await readPeerLog(files, options, (record) => sink.record(record));
      for (const lost of taken.unreadable) sink.unreadable(lost);
      if (taken.notices.length > 0) sink.showsNothing(taken.notices);
    }
    return { ...gathering.evidence(), close: () => store.close() };
  } catch (error) {
    store.close();
    throw error;
  }
}
