/**
 * The first stage of matching what several sources say of one thing: by keys and ordinals, for which no clock is needed. Keeping rests on
 * this stage alone (join-sources.ts); judging begins with it (analysis/correlate) and matches by time only what it left.
 *
 * An invocation of the driver and of the log is known by its request id; a connection of the peer by its boot id and which
 * accepted one of that boot it is; a connection of a link by its environment and which of that environment it is.
 */

/** The n-th of something that has a number. */
export function ordinalKey(number: number, ordinal: number): number {
  return number * 2 ** 32 + ordinal;
}

/** How one source counts things of one kind. */
export interface SourceCount {
  readonly count: number;
  /** None of its lines can be missing. */
  readonly whole: boolean;
}

/** Whether the n-th by the one source is the n-th by the other: both count the same, and neither can have lost one. */
export function ordinalsAgree(one: SourceCount, other: SourceCount): boolean {
  return one.whole && other.whole && one.count === other.count;
}

export interface Keyed {
  readonly key: number;
  readonly row: number;
}

/** Rows whose key stands exactly once on either side. Both sides come ascending by key. */
export function* matchOnes(
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
