/** Iterables that are made again from their source each time they are read, so that nothing is held in memory. */
export function mapped<From, To>(source: Iterable<From>, change: (one: From) => To): Iterable<To> {
  return {
    *[Symbol.iterator]() {
      for (const one of source) yield change(one);
    },
  };
}

export function filtered<One>(source: Iterable<One>, isKept: (one: One) => boolean): Iterable<One> {
  return {
    *[Symbol.iterator]() {
      for (const one of source) if (isKept(one)) yield one;
    },
  };
}

export function isEmpty(source: Iterable<unknown>): boolean {
  for (const _one of source) return false;
  return true;
}
