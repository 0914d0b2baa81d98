/** The log streams of a function, read back from the store. */
import type { LogStream } from "./gathered-evidence.ts";
import { compareOrdered, type OrderedEvent } from "./ordered-event.ts";
import type { StreamEvent } from "../logs/stream-event.ts";
import type { StreamRecords } from "./stream-records.ts";

export interface CollectedEvents {
  readonly logStreamName: string;
  /** Usually one part. There are more if some files name the stream's log group and other files do not. */
  readonly parts: readonly StreamRecords[];
  /** The first and the last application line, which show that the environment was alive. No other application lines are kept. */
  readonly signs: readonly OrderedEvent[];
}

const NO_SIGNS: CollectedEvents["signs"] = [];

export function storedStreams(streams: readonly CollectedEvents[]): readonly LogStream[] {
  return streams.flatMap(({ logStreamName, parts, signs }) =>
    parts.map((part, index) => new StreamInStore(logStreamName, part, index === 0 ? signs : NO_SIGNS)),
  );
}

class StreamInStore implements LogStream {
  readonly logStreamName: string;
  readonly #part: StreamRecords;
  readonly #signs: readonly OrderedEvent[];

  constructor(logStreamName: string, part: StreamRecords, signs: readonly OrderedEvent[]) {
    this.logStreamName = logStreamName;
    this.#part = part;
    this.#signs = signs;
  }

  get inOrder(): boolean {
    return this.#part.inOrder;
  }

  *events(): Generator<StreamEvent> {
    const waiting = [...this.#signs].sort(compareOrdered);
    for (const one of this.#part.events()) {
      while (waiting[0] !== undefined && compareOrdered(waiting[0], one) < 0) {
        yield waiting[0].event;
        waiting.shift();
      }
      yield one.event;
    }
    for (const { event } of waiting) yield event;
  }
}
