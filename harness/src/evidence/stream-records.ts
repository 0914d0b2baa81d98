/** Keeps the events of a log stream in the store, in blocks of a few events, and reads them back in their order. */
import { compareRecords, type RecordPosition } from "../record/record-order.ts";
import type { StreamEvent } from "../logs/stream-event.ts";
import type { LogStream } from "./gathered-evidence.ts";
import type { StoredText, TextStore } from "./text-store.ts";

/** An event of a log stream, with its position in the order of reading. */
export interface OrderedEvent {
  readonly event: StreamEvent;
  readonly order: number;
}

/** Compares by the order in which the events of one stream were written. If nothing shows that order, the order of reading decides. */
export function compareOrdered(a: OrderedEvent, b: OrderedEvent): number {
  const written = compareRecords(a.event, b.event);
  return written === 0 ? a.order - b.order : written;
}

/** A block is stored when it is this long. What is shorter stays in memory, and there can be very many streams. */
const BLOCK_CHARACTERS = 2_048;

const NO_BLOCKS: readonly StoredText[] = [];
const NO_IDENTITIES: readonly string[] = [];

export class StreamRecords {
  readonly #store: TextStore;
  #blocks = NO_BLOCKS as StoredText[];
  /** The events that are not stored yet, as JSON. */
  #waiting = "";
  #last: RecordPosition | null = null;
  #seenAtLast = NO_IDENTITIES;
  #inOrder = true;

  constructor(store: TextStore) {
    this.#store = store;
  }

  /** Whether the events came in their order, and each of them once. */
  get inOrder(): boolean {
    return this.#inOrder;
  }

  add(one: OrderedEvent): void {
    if (this.#inOrder) this.#noteOrder(one.event);
    this.#waiting += (this.#waiting === "" ? "" : ",") + write(one);
    if (this.#waiting.length < BLOCK_CHARACTERS) return;
    if (this.#blocks === NO_BLOCKS) this.#blocks = [];
    this.#blocks.push(this.#store.append(this.#waiting));
    this.#waiting = "";
  }

  /** In the order in which the events came. */
  *events(): Generator<OrderedEvent> {
    for (const block of this.#blocks) yield* read(this.#store.read(block));
    yield* read(this.#waiting);
  }

  #noteOrder({ timestamp, ingestionTime, eventId, identity }: StreamEvent): void {
    const position = { timestamp, ingestionTime, eventId };
    const last = this.#last;
    if (last?.timestamp !== timestamp) this.#seenAtLast = NO_IDENTITIES;
    this.#inOrder =
      (last === null || compareRecords(last, position) <= 0) && !this.#seenAtLast.includes(identity);
    this.#seenAtLast = this.#seenAtLast.concat(identity);
    this.#last = position;
  }
}

type Written = readonly [
  number,
  number,
  number | null,
  string | null,
  string,
  StreamEvent["said"],
  string | null,
];

function write({ order, event }: OrderedEvent): string {
  const { timestamp, ingestionTime, eventId, identity, said, example } = event;
  const written: Written = [
    ...([order, timestamp, ingestionTime, eventId] as const),
    ...([eventId === null ? identity : "", said, example] as const),
  ];
  return JSON.stringify(written);
}

function read(block: string): readonly OrderedEvent[] {
  return (JSON.parse(`[${block}]`) as readonly Written[]).map(
    ([order, timestamp, ingestionTime, eventId, identity, said, example]) => ({
      order,
      event: { timestamp, ingestionTime, eventId, identity: eventId ?? identity, said, example },
    }),
  );
}

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
