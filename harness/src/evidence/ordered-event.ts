/** An event of a log stream and its place in the order in which everything was read. */
import { compareRecords } from "../domain/record-order.ts";
import type { StreamEvent } from "../logs/stream-event.ts";

export interface OrderedEvent {
  readonly event: StreamEvent;
  readonly order: number;
}

/** The order in which events of one stream were written; where nothing tells, that in which they were read. */
export function compareOrdered(a: OrderedEvent, b: OrderedEvent): number {
  const written = compareRecords(a.event, b.event);
  return written === 0 ? a.order - b.order : written;
}
