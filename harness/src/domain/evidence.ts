/**
 * The evidence a judgement is made from: what the run directory holds, or what exported logs give. The judgement
 * is a pure function of it. Members that a source cannot give are null, which is never "nothing happened".
 */
import type { PlatformRecord } from "./ended-environment.ts";
import type { JournalEvent } from "./journal.ts";
import type { LinkLogRecord } from "./link-log.ts";
import type { LogRecord } from "./log-record.ts";
import type { Manifest } from "./manifest.ts";
import type { PeerLogRecord } from "./peer-log.ts";
import type { Plan } from "./plan.ts";

export interface FunctionEvidence {
  /** Label. */
  readonly name: string;
  readonly functionArn: string | null;
  /** Log records that are held, of any stream, in any order and perhaps more than once. */
  readonly records: readonly LogRecord[];
  /** Log records that lie elsewhere, stream by stream; absent: none. */
  readonly streams?: readonly LogStream[];
  /** Null: there is no peer log. */
  readonly peerLog: readonly PeerLogRecord[] | null;
  /** Null: no links (AWS). */
  readonly linkLog: readonly LinkLogRecord[] | null;
  /** Invocations that stand in none of the records: too many to hold, and each judged alike whatever else happened. Absent: none. */
  readonly condensed?: readonly CondensedInvocations[];
  /** How long these took: what a caller waited where there is a journal, else as the platform's reports say. */
  readonly condensedDurationsMs?: Iterable<number>;
  /** What the other sources said of these, which stands in none of them here. */
  readonly condensedElsewhere?: CondensedElsewhere;
  /** Lines of a source that could not be read. */
  readonly unreadable: readonly {
    readonly source: string;
    readonly lines: number;
    readonly example: string | null;
  }[];
}

/** A log stream that is read when it is asked for, as often as it is. */
export interface LogStream {
  readonly logStreamName: string;
  /** Its records come in their order, each once. */
  readonly inOrder: boolean;
  records(): Iterable<LogRecord>;
}

/** Of one boot of one environment: invocations that succeeded, between others that the records show. */
export interface CondensedInvocations {
  readonly logStreamName: string;
  /** Null: its process wrote no lifecycle line. */
  readonly bootId: string | null;
  /** They opened a connection, used it and closed it; else nothing shows what they did. */
  readonly served: boolean;
  readonly invocations: number;
  /** Lifecycle lines of theirs, without a hole in the boot's count. */
  readonly lines: number;
}

/** Of invocations that are only counted. */
export interface CondensedElsewhere {
  /** Planned and sent by the driver: two events of the journal each. */
  readonly driven: number;
  /** Connections in the peer's log, by how many `ready` lines stand before them. */
  readonly peerConnections: ReadonlyMap<number, number>;
  readonly linkConnections: number;
}

export interface Evidence {
  /** Null for logs without a run. */
  readonly manifest: Manifest | null;
  /** Null for logs without a run. */
  readonly journal: readonly JournalEvent[] | null;
  readonly plan: Plan | null;
  /** Null: there is no local engine (AWS). */
  readonly applied: readonly PlatformRecord[] | null;
  readonly functions: readonly FunctionEvidence[];
}
