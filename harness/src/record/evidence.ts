/**
 * The evidence from which a judgement is made: the content of a run directory, or exported logs. A member is null if the source cannot give
 * it. Null never means that nothing happened.
 */
import type { PlatformRecord } from "./ended-environment.ts";
import type { MetricEvidence } from "./function-metrics.ts";
import type { JournalEvent } from "./journal.ts";
import type { LinkLogRecord } from "./link-log.ts";
import type { LogRecord } from "./log-record.ts";
import type { Manifest } from "./manifest.ts";
import type { PeerLogRecord } from "./peer-log.ts";
import type { Plan } from "./plan-file.ts";

export interface FunctionEvidence {
  /** The function's label. */
  readonly name: string;
  readonly functionArn: string | null;
  /** Log records of any stream, in any order and perhaps more than once. */
  readonly records: readonly LogRecord[];
  /** The names of the function's peers, if it has several and there is no manifest that names them. */
  readonly peerNames?: readonly string[];
  /** Null if there is no peer log. */
  readonly peerLog: readonly PeerLogRecord[] | null;
  /** Null on AWS, which has no links. */
  readonly linkLog: readonly LinkLogRecord[] | null;
  /** Absent if CloudWatch's metrics were not read. */
  readonly metrics?: MetricEvidence;
  /** For each source with lines that could not be read: the number of those lines, and one of them as an example. */
  readonly unreadable: readonly {
    readonly source: string;
    readonly lines: number;
    readonly example: string | null;
  }[];
}

export interface Evidence {
  /** Null for logs without a run. */
  readonly manifest: Manifest | null;
  /** Null for logs without a run. */
  readonly journal: readonly JournalEvent[] | null;
  readonly plan: Plan | null;
  /** Null if there is no local engine, as on AWS. */
  readonly applied: readonly PlatformRecord[] | null;
  readonly functions: readonly FunctionEvidence[];
}
