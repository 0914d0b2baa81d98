/** Yields the events of each log stream once and in order. A stream can come in several parts that overlap. */
import { groupBy } from "../../domain/group-by.ts";
import { compareRecords } from "../../domain/record-order.ts";
import type { GatheredFunction, LogStream } from "../../evidence/gathered-evidence.ts";
import type { StreamEvent } from "../../logs/stream-event.ts";

export function* orderedStreams({
  streams,
}: Pick<GatheredFunction, "streams">): Generator<readonly [name: string, events: Iterable<StreamEvent>]> {
  const byName = groupBy(streams, ({ logStreamName }) => logStreamName);
  for (const name of [...byName.keys()].sort()) {
    const parts = byName.get(name) ?? [];
    const [only] = parts;
    const whole = only !== undefined && parts.length === 1 && only.inOrder;
    yield [name, whole ? only.events() : inOrder(parts)];
  }
}

export function streamNames({ streams }: Pick<GatheredFunction, "streams">): Set<string> {
  return new Set(streams.map(({ logStreamName }) => logStreamName));
}

function inOrder(parts: readonly LogStream[]): readonly StreamEvent[] {
  const list: StreamEvent[] = [];
  const seen = new Set<string>();
  let sorted = true;
  for (const part of parts) {
    for (const event of part.events()) {
      if (seen.has(event.identity)) continue;
      seen.add(event.identity);
      const last = list.at(-1);
      if (last !== undefined && compareRecords(last, event) > 0) sorted = false;
      list.push(event);
    }
  }
  return sorted ? list : list.sort(compareRecords);
}
