/** An event of a log stream, with its position in the order of reading. */
import { compareRecords } from "../record/record-order.ts";
import type { StreamEvent } from "../logs/stream-event.ts";

export interface OrderedEvent {
  readonly event: StreamEvent;
  readonly order: number;
}

/** Compares by the order in which the events of one stream were written. If nothing shows that order, the order of reading decides. */
export function compareOrdered(a: OrderedEvent, b: OrderedEvent): number {
  const written = compareRecords(a.event, b.event);
  return written === 0 ? a.order - b.order : written;
}
