/**
 * Evidence as the judgement reads it: log streams as events that are decoded, and, of many quiet invocations, only their counts. The
 * judgement is a pure function of it. Made of what was read (stored-functions.ts), or of evidence that is held (held-evidence.ts).
 */
import type { Evidence, FunctionEvidence } from "../domain/evidence.ts";
import type { StreamEvent } from "../logs/stream-event.ts";

export interface GatheredEvidence extends Omit<Evidence, "functions"> {
  readonly functions: readonly GatheredFunction[];
}

export interface GatheredFunction extends Omit<FunctionEvidence, "records"> {
  readonly streams: readonly LogStream[];
  /** Invocations that are in none of the streams: too many to hold, and each judged alike whatever else happened. Absent: none. */
  readonly condensed?: readonly CondensedInvocations[];
  /** How long these took: what a caller waited where there is a journal, else as the platform's reports say. */
  readonly condensedDurationsMs?: Iterable<number>;
  /** When these began and ended. */
  readonly condensedTimes?: Iterable<CondensedTime>;
  /** Counts from the other sources for these invocations, whose lines are left out of them. */
  readonly condensedElsewhere?: CondensedElsewhere;
}

/** A log stream that is read when it is asked for, as often as it is. */
export interface LogStream {
  readonly logStreamName: string;
  /** Its events come in their order, each once. */
  readonly inOrder: boolean;
  events(): Iterable<StreamEvent>;
}

/** Of one boot of one environment: invocations that succeeded, between others that the streams show. */
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

export interface CondensedTime {
  readonly logStreamName: string;
  readonly start: number;
  readonly end: number;
}

/** Of invocations that are only counted. */
export interface CondensedElsewhere {
  /** Planned and sent by the driver: two events of the journal each. */
  readonly driven: number;
  /** Connections in the peer's log, by how many `ready` lines stand before them. */
  readonly peerConnections: ReadonlyMap<number, number>;
  readonly linkConnections: number;
}
