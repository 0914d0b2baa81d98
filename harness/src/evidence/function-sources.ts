/** What is known of a function while it lies in the store, before and after its sources are matched. */
import type { JournalEvent } from "../domain/journal.ts";
import type { EvidenceNeeds } from "./evidence-need.ts";
import type { LinkSource } from "./link-source.ts";
import type { OrderedEvent } from "./ordered-event.ts";
import type { PeerSource } from "./peer-source.ts";
import type { SourceStore } from "./source-store.ts";
import type { OrderedStream } from "./stored-stream.ts";
import type { StreamRecords } from "./stream-records.ts";

/** The sources beside the log; null: the evidence has no such source. */
export interface OtherSources {
  readonly driver: SourceStore<JournalEvent> | null;
  readonly peer: PeerSource | null;
  readonly link: LinkSource | null;
}

/** Of a row of the log, the row of each source; -1: none. */
export interface Partners {
  readonly driver: (row: number) => number;
  readonly peer: (row: number) => number;
  readonly link: (row: number) => number;
}

export interface FunctionStream {
  readonly logGroup: string | null;
  readonly logStreamName: string;
  /** More than one: some files name its group and others do not. */
  readonly parts: readonly StreamRecords[];
  /** The first and the last line of the application: signs of life. */
  readonly signs: readonly OrderedEvent[];
}

/** A function's log streams, and what else is known of it. */
export interface FunctionSources {
  readonly streams: readonly FunctionStream[];
  readonly others: OtherSources;
}

export interface CondenseOptions {
  /** What steps of the judgement need of quiet invocations: all else of them may be left out. */
  readonly needs: EvidenceNeeds;
  /** So many invocations are held one by one; where there are more, quiet ones are counted. */
  readonly heldMax: number;
  readonly clockToleranceMs: number;
  /** A number for each log stream, the same as in the rows of links. */
  readonly environmentNumber: (logStreamName: string) => number;
}

/** A function of which quiet invocations are counted. */
export interface Condensing {
  readonly name: string;
  readonly streams: readonly OrderedStream[];
  readonly others: OtherSources;
  readonly partners: Partners;
  readonly isQuiet: (row: number) => boolean;
}
