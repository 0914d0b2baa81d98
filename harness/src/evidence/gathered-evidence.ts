/**
 * Evidence in the form that the judgement reads: log streams as decoded events. Many of the quiet invocations (evidence-need.ts) are
 * condensed: their events are left out, and they are only counted.
 */
import type { Evidence, FunctionEvidence } from "../domain/evidence.ts";
import type { Listed } from "../domain/listed.ts";
import type { StreamEvent } from "../logs/stream-event.ts";

export interface GatheredEvidence extends Omit<Evidence, "functions"> {
  readonly functions: readonly GatheredFunction[];
}

export interface GatheredFunction extends Omit<FunctionEvidence, "records"> {
  readonly streams: Listed<LogStream>;
  /** Absent if the times of the logs are exact: whole milliseconds of UTC. */
  readonly logClock?: { readonly resolutionMs: number; readonly zoneMs: number };
  /** Durations of the condensed invocations: how long the caller waited, or, without a journal, the duration in the REPORT. */
  readonly condensedDurationsMs?: Iterable<number>;
  readonly condensedTimes?: Iterable<CondensedTime>;
  /** Counts from the other sources about the condensed invocations. The lines of those sources about these invocations are left out. */
  readonly condensedElsewhere?: CondensedElsewhere;
}

/** A log stream that can be read several times. */
export interface LogStream {
  readonly logStreamName: string;
  /** Whether `events` gives each event once and in order. */
  readonly inOrder: boolean;
  events(): Iterable<StreamEvent>;
  /** Counts, for each boot, of the quiet invocations (evidence-need.ts) that are left out of `events`. */
  condensed(): readonly CondensedInvocations[];
}

/** Invocations of one boot that succeeded according to the platform and are left out of the streams. */
export interface CondensedInvocations {
  /** Null if the process wrote no lifecycle line. */
  readonly bootId: string | null;
  /** True if each invocation opened a connection, used it and closed it. False if no line of the function shows what they did. */
  readonly served: boolean;
  readonly invocations: number;
  /** The number of lifecycle lines of these invocations. None of the lines is missing. */
  readonly lines: number;
}

export interface CondensedTime {
  readonly logStreamName: string;
  readonly start: number;
  readonly end: number;
}

export interface CondensedElsewhere {
  /** The number of condensed invocations that the driver sent. Each has two events in the journal. */
  readonly driven: number;
  /** The key is the life of the peer: the number of `ready` lines before the connection. */
  readonly peerConnections: ReadonlyMap<number, number>;
  readonly linkConnections: number;
}
