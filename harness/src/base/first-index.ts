/**
 * Returns the first index for which the predicate is true, or `length` if there is none. The predicate must be false up to some index, and
 * true from there on.
 */
export function firstIndex(length: number, isFrom: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isFrom(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Returns the items of an ascending list whose value `at` lies between `from` and `to`, both included. */
export function itemsWithin<Item>(
  ascending: readonly Item[],
  at: (item: Item) => number,
  { from, to }: { readonly from: number; readonly to: number },
): Item[] {
  const first = firstIndex(ascending.length, (index) => at(ascending[index] as Item) >= from);
  const end = firstIndex(ascending.length, (index) => at(ascending[index] as Item) > to);
  return ascending.slice(first, end);
}
