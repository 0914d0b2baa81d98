/**
 * Matches sources by keys and ordinals, without any clock. Only what is matched here may be left out of the evidence. The judgement matches
 * the rest by time (analysis/correlate).
 *
 * An invocation is identified by its request id. A connection in the peer's log is identified by its boot id and its ordinal among the
 * accepted connections of that boot. A connection in the link log is identified by its environment and its ordinal in that environment.
 */

/** Returns one key for the number of a thing (such as a boot) and the ordinal of an item in it. */
export function ordinalKey(number: number, ordinal: number): number {
  return number * 2 ** 32 + ordinal;
}

export interface SourceCount {
  readonly count: number;
  /** Whether no line of the source can be missing. */
  readonly whole: boolean;
}

/**
 * Whether the n-th item of one source is the n-th item of the other. This is certain if both have the same number of items and no line of either
 * can be missing.
 */
export function ordinalsAgree(one: SourceCount, other: SourceCount): boolean {
  return one.whole && other.whole && one.count === other.count;
}

export interface Keyed {
  readonly key: number;
  readonly row: number;
}

/** Gives the pairs of rows whose key occurs exactly once on each side. Both sides must be ascending by key. */
export function* pairUniqueKeys(
  ours: Iterable<Keyed>,
  theirs: Iterable<Keyed>,
): Generator<readonly [ours: number, theirs: number]> {
  const [mine, other] = [groupsOf(ours), groupsOf(theirs)];
  let [left, right] = [mine.next().value, other.next().value];
  while (left !== undefined && right !== undefined) {
    if (left.key === right.key && left.count === 1 && right.count === 1) yield [left.row, right.row];
    const [leftGoesOn, rightGoesOn] = [left.key <= right.key, right.key <= left.key];
    if (leftGoesOn) left = mine.next().value;
    if (rightGoesOn) right = other.next().value;
  }
}

interface Group extends Keyed {
  readonly count: number;
}

function* groupsOf(rows: Iterable<Keyed>): Generator<Group, undefined> {
  let group: Group | null = null;
  for (const { key, row } of rows) {
    if (group !== null && group.key === key) group = { key, row: group.row, count: group.count + 1 };
    else {
      if (group !== null) yield group;
      group = { key, row, count: 1 };
    }
  }
  if (group !== null) yield group;
}
