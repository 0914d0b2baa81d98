/** The log streams of a function, read back from the store, without the quiet invocations (evidence-need.ts) that are only counted. */
import { madeList, type Listed } from "../domain/listed.ts";
import type { StreamEvent } from "../logs/stream-event.ts";
import type { CondensedInvocations, LogStream } from "./gathered-evidence.ts";
import { countInvocations } from "./needs/invocation-counts.ts";
import { compareOrdered, type OrderedEvent } from "./ordered-event.ts";
import { ROW, type RecordStore } from "./record-store.ts";
import { RowSet } from "./row-set.ts";
import type { StreamRecords } from "./stream-records.ts";

export interface OrderedStream {
  readonly logStreamName: string;
  readonly part: StreamRecords;
  readonly signs: readonly OrderedEvent[];
}

/** What is needed to read any stream of a function. */
export interface StreamReading {
  readonly store: RecordStore;
  /** The quiet invocations (evidence-need.ts) that are not left out. Null if nothing is left out. */
  readonly kept: RowSet | null;
  /** Whether a step needs the counts of what is left out. */
  readonly counted: boolean;
}

/**
 * There can be very many streams. So if the list of streams is long, the object of a stream is made only when a caller asks for this
 * stream. Until then only its name, its signs, the number of its last row and whether it is in order are kept. All other data of a stream
 * can be freed after it was read.
 */
export function storedStreams(streams: readonly OrderedStream[], reading: StreamReading): Listed<LogStream> {
  const names = streams.map(({ logStreamName }) => logStreamName);
  const signs = streams.map((one) => one.signs);
  const lastRows = Int32Array.from(streams, ({ part }) => part.lastRow);
  const disordered = new RowSet(streams.length);
  for (const [index, { part }] of streams.entries()) if (part.disordered) disordered.add(index);
  return madeList(
    streams.length,
    (index) =>
      new StoredLogStream(reading, {
        logStreamName: names[index] as string,
        signs: signs[index] as readonly OrderedEvent[],
        lastRow: lastRows[index] as number,
        inOrder: !disordered.has(index),
      }),
  );
}

interface KeptStream extends Pick<OrderedStream, "logStreamName" | "signs"> {
  readonly lastRow: number;
  readonly inOrder: boolean;
}

class StoredLogStream implements LogStream {
  readonly logStreamName: string;
  readonly inOrder: boolean;
  readonly #reading: StreamReading;
  readonly #lastRow: number;
  readonly #signs: readonly OrderedEvent[];

  constructor(reading: StreamReading, { logStreamName, signs, lastRow, inOrder }: KeptStream) {
    this.logStreamName = logStreamName;
    this.inOrder = inOrder;
    this.#reading = reading;
    this.#lastRow = lastRow;
    this.#signs = signs;
  }

  *events(): Generator<StreamEvent> {
    const { store, kept } = this.#reading;
    const waiting = [...this.#signs].sort(compareOrdered);
    for (const row of store.rowsOf(this.#lastRow)) {
      if (kept !== null && store.kind(row) !== ROW.loose && !kept.has(row)) continue;
      for (const one of store.events(row)) {
        while (waiting[0] !== undefined && compareOrdered(waiting[0], one) < 0) {
          yield waiting[0].event;
          waiting.shift();
        }
        yield one.event;
      }
    }
    for (const { event } of waiting) yield event;
  }

  condensed(): readonly CondensedInvocations[] {
    const { store, kept, counted } = this.#reading;
    if (kept === null || !counted) return [];
    const rows = store.rowsOf(this.#lastRow);
    return countInvocations(
      store,
      rows.filter((row) => store.looksQuiet(row) && !kept.has(row)),
    );
  }
}
