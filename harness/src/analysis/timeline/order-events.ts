/** Yields the events of each log stream once and in order. A stream can come in several parts that overlap. */
import { compareTexts } from "../../base/compare-texts.ts";
import { compareRecords } from "../../record/record-order.ts";
import type { GatheredFunction, LogStream } from "../../evidence/gathered-evidence.ts";
import type { StreamEvent } from "../../logs/stream-event.ts";

interface WholeStream {
  readonly name: string;
  readonly events: Iterable<StreamEvent>;
}

/** In the order of their names. */
export function* orderedStreams({ streams }: Pick<GatheredFunction, "streams">): Generator<WholeStream> {
  const names = streams.map(({ logStreamName }) => logStreamName);
  const order = Uint32Array.from(names, (_, index) => index).sort((a, b) =>
    compareTexts(names[a] as string, names[b] as string),
  );
  for (let from = 0, to = 0; from < order.length; from = to) {
    const name = names[order[from] as number] as string;
    while (to < order.length && names[order[to] as number] === name) to += 1;
    const parts = Array.from(order.subarray(from, to), (index) => streams[index] as LogStream);
    const [only] = parts;
    const whole = only !== undefined && parts.length === 1 && only.inOrder;
    yield {
      name,
      events: whole ? only.events() : inOrder(parts),
    };
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
