/** What is known about a function while its evidence is in the store, before and after its sources are matched. */
import type { JournalEvent } from "../domain/journal.ts";
import type { EvidenceNeeds } from "./evidence-need.ts";
import type { LinkSource } from "./link-source.ts";
import type { OrderedEvent } from "./ordered-event.ts";
import type { PeerSource } from "./peer-source.ts";
import type { SourceStore } from "./source-store.ts";
import type { OrderedStream } from "./stored-stream.ts";
import type { StreamRecords } from "./stream-records.ts";

/** A member is null if the evidence has no such source. */
export interface OtherSources {
  readonly driver: SourceStore<JournalEvent> | null;
  readonly peer: PeerSource | null;
  readonly link: LinkSource | null;
}

/**
 * Each callback takes the row of an invocation in the function's log. It returns the row that matches it in the source after which the
 * callback is named, or -1 if no row matches.
 */
export interface Partners {
  readonly driver: (row: number) => number;
  readonly peer: (row: number) => number;
  readonly link: (row: number) => number;
}

export interface FunctionStream {
  readonly logGroup: string | null;
  readonly logStreamName: string;
  /** Usually one part. There are more if some files name the stream's log group and other files do not. */
  readonly parts: readonly StreamRecords[];
  /** The first and the last application line, which show that the environment was alive. No other application lines are kept. */
  readonly signs: readonly OrderedEvent[];
}

export interface FunctionSources {
  readonly streams: readonly FunctionStream[];
  readonly others: OtherSources;
}

/** If a function has more invocations than this, its quiet invocations that no step needs (evidence-need.ts) are only counted. */
export const INVOCATIONS_HELD_MAX = 20_000;

export interface CondenseOptions {
  /** Quiet invocations that no step needs may be left out (evidence-need.ts). */
  readonly needs: EvidenceNeeds;
  /** If a function has at most this many invocations, all are kept. Default: `INVOCATIONS_HELD_MAX`. */
  readonly heldMax?: number | undefined;
  /** Whether a function of the run has several peers. */
  readonly severalPeers: boolean;
  readonly clockToleranceMs: number;
  /** A number for each log stream, the same as in the rows of the link log. */
  readonly environmentNumber: (logStreamName: string) => number;
}

/** A function with more than `heldMax` invocations. */
export interface Condensing {
  readonly name: string;
  readonly streams: readonly OrderedStream[];
  readonly others: OtherSources;
  readonly partners: Partners;
  readonly isQuiet: (row: number) => boolean;
}
