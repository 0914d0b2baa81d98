/**
 * In each environment the first invocation behind each instant at which an environment of the function came to be, came to be usable, or
 * the peer became free: an exposure may begin to count with it.
 */
import { firstIndex } from "../../domain/first-index.ts";
import { looseTimes } from "./loose-times.ts";
import type { Retainer, Retaining } from "./retainer.ts";

export function retainFirstAfterBirth(retaining: Retaining): Retainer {
  const { store, keep } = retaining;
  const births = Float64Array.from(birthsOf(retaining)).sort();
  const next = new Map<number, number>();
  return {
    quiet(row) {
      const [stream, start] = [store.stream(row), store.start(row)];
      const before = next.get(stream) ?? firstAtLeast(births, start);
      let behind = before;
      while (behind < births.length && (births[behind] as number) <= start) behind += 1;
      next.set(stream, behind);
      if (behind > before) keep(row);
    },
  };
}

function* birthsOf(retaining: Retaining): Generator<number> {
  for (const { part, signs } of retaining.streams) {
    yield* part.births;
    for (const { event } of signs) yield event.timestamp;
  }
  yield* looseTimes(retaining).peer;
}

function firstAtLeast(ascending: Float64Array, value: number): number {
  return firstIndex(ascending.length, (index) => (ascending[index] as number) >= value);
}
