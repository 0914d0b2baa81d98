/**
 * Matches sources by keys and ordinals, without any clock. The judgement begins with these matches and matches the remaining items by time
 * (analysis/correlate).
 */

export interface Keyed<T> {
  readonly key: number;
  readonly item: T;
}

export interface SourceCount {
  readonly count: number;
  /** True if no line of the source can be missing. */
  readonly whole: boolean;
}

export interface Side<T> {
  /** Ascending by key. */
  readonly items: Iterable<Keyed<T>>;
  /** Counts the items that were numbered together with this item, such as those of one boot. Absent if the keys are not ordinals. */
  readonly countOf?: (item: T) => SourceCount;
}

/**
 * Gives the pairs of items whose key occurs exactly once in each of the two sources. Ordinals match only if both sources have the same
 * number of items that were numbered together (`countOf`), and no line of either source can be missing.
 */
export function* matchExact<Ours, Theirs>(
  ours: Side<Ours>,
  theirs: Side<Theirs>,
): Generator<readonly [ours: Ours, theirs: Theirs]> {
  const [mine, other] = [groupsOf(ours.items), groupsOf(theirs.items)];
  let [left, right] = [mine.next().value, other.next().value];
  while (left !== undefined && right !== undefined) {
    const once = left.key === right.key && left.count === 1 && right.count === 1;
    if (once && countsAgree(ours.countOf?.(left.item), theirs.countOf?.(right.item)))
      yield [left.item, right.item];
    const [leftGoesOn, rightGoesOn] = [left.key <= right.key, right.key <= left.key];
    if (leftGoesOn) left = mine.next().value;
    if (rightGoesOn) right = other.next().value;
  }
}

function countsAgree(one: SourceCount | undefined, other: SourceCount | undefined): boolean {
  if (one === undefined || other === undefined) return true;
  return one.whole && other.whole && one.count === other.count;
}

/** Numbers the items of a list in their order. */
export function inOrder<T>(list: readonly T[], whole: boolean): Side<T> {
  const count = { count: list.length, whole };
  return { items: list.map((item, key) => ({ key, item })), countOf: () => count };
}

interface KeyedGroup<T> extends Keyed<T> {
  readonly count: number;
}

function* groupsOf<T>(items: Iterable<Keyed<T>>): Generator<KeyedGroup<T>, undefined> {
  let group: KeyedGroup<T> | null = null;
  for (const { key, item } of items) {
    if (group !== null && group.key === key) group = { key, item, count: group.count + 1 };
    else {
      if (group !== null) yield group;
      group = { key, item, count: 1 };
    }
  }
  if (group !== null) yield group;
}
