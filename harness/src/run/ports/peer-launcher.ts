/** Starts a peer for one function, in this process. */
import type { Admission } from "../../words/admission.ts";
import type { PeerLogRecord, PeerReadyRecord } from "../../record/peer-log.ts";
import type { DurationMs } from "../../base/time.ts";

export interface RunningPeer {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface PeerLauncher {
  start(options: {
    readonly admission: Admission;
    /** How many connections it serves at one time. */
    readonly capacity: number;
    readonly idleTimeout: DurationMs;
    readonly log: (record: PeerLogRecord | PeerReadyRecord) => void;
  }): Promise<RunningPeer>;
}
