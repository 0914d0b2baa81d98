/**
 * Keeps, in each environment, the first quiet invocation (evidence-need.ts) after certain times: when any environment was made, became
 * usable or wrote its first or last application line, or when something at the peer was not quiet. This invocation can be the first one
 * that counts as an exposure.
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
      let passed = before;
      while (passed < births.length && (births[passed] as number) <= start) passed += 1;
      next.set(stream, passed);
      if (passed > before) keep(row);
    },
    ended(stream) {
      next.delete(stream);
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
