/** Evidence in the form that the judgement reads: log streams as decoded events. */
import type { Evidence, FunctionEvidence } from "../domain/evidence.ts";
import type { StreamEvent } from "../logs/stream-event.ts";

export interface GatheredEvidence extends Omit<Evidence, "functions"> {
  readonly functions: readonly GatheredFunction[];
}

export interface GatheredFunction extends Omit<FunctionEvidence, "records"> {
  readonly streams: readonly LogStream[];
  /** Absent if the times of the logs are exact: whole milliseconds of UTC. */
  readonly logClock?: { readonly resolutionMs: number; readonly zoneMs: number };
}

/** A log stream that can be read several times. */
export interface LogStream {
  readonly logStreamName: string;
  /** Whether `events` gives each event once and in order. */
  readonly inOrder: boolean;
  events(): Iterable<StreamEvent>;
}
