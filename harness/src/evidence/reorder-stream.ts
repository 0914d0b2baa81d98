/** Sorts a stream whose events came out of order or more than once, and then searches for quiet invocations again. */
import { compareOrdered, type OrderedEvent } from "./ordered-event.ts";
import type { RecordStore } from "./record-store.ts";
import { StreamRecords, type StreamOptions } from "./stream-records.ts";

/** A row of the store has fewer events than this, so its number and an event's index in it can be combined into one number. */
const EVENTS_MAX = 1 << 10;

export function reorderStream(
  store: RecordStore,
  parts: readonly StreamRecords[],
  options: StreamOptions,
): StreamRecords {
  const sorted = new StreamRecords(store, options);
  let together: OrderedEvent[] = [];
  const add = (): void => {
    // `StreamRecords.add` takes an event that came several times only once.
    for (const one of together.sort(compareOrdered)) sorted.add(one);
    together = [];
  };
  for (const one of byTimestamp(store, parts)) {
    if (together[0] !== undefined && together[0].event.timestamp !== one.event.timestamp) add();
    together.push(one);
  }
  add();
  sorted.finish();
  sorted.rest();
  return sorted;
}

function* byTimestamp(store: RecordStore, parts: readonly StreamRecords[]): Generator<OrderedEvent> {
  const places = store.rows.order();
  try {
    for (const row of parts.flatMap((part) => part.rows()))
      for (const [index, { event }] of store.events(row).entries())
        places.add(event.timestamp, row * EVENTS_MAX + index);
    for (const place of places.rows()) {
      const one = store.events(Math.floor(place / EVENTS_MAX))[place % EVENTS_MAX];
      if (one !== undefined) yield one;
    }
  } finally {
    places.close();
  }
}
