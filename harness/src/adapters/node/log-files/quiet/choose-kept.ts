/**
 * Which quiet invocations a judgement has to see, so that it comes to the same result as if it saw all: the neighbours of everything that is
 * not quiet, in time and in their own stream. The rest is counted. Pure.
 *
 * What each part is for: first and last of a stream (its life, its first START); neighbours in the stream (an error line behind
 * an invocation, a connection that was kept); the first START of every stream after each instant at which an environment came to be
 * usable (exposures); neighbours in time (who was served last before a refusal and first after it); those that ran together.
 */
import { ROW, type QuietStore } from "./quiet-store.ts";

export interface KeptInput {
  readonly store: QuietStore;
  /** Rows of each stream in the order of its records. */
  readonly rows: readonly (readonly number[])[];
  /** Orders of the records that are kept anyway, ascending, for each of those streams. */
  readonly oddOrders: readonly (readonly number[])[];
  /** Instants at which something happened that is not quiet. */
  readonly oddTimes: readonly number[];
  /** Instants at which an environment began to exist or to be usable. */
  readonly births: readonly number[];
  readonly clockToleranceMs: number;
}

const NEIGHBOURS = 2;

/** The rows that are kept. */
export function chooseKept(input: KeptInput): ReadonlySet<number> {
  const kept = new Set<number>();
  const { store } = input;
  input.rows.forEach((rows, index) => keepInStream(kept, input, rows, input.oddOrders[index] ?? []));
  const byStart = sortedBy(allOf(input.rows), store.start);
  const quiet = byStart.filter((row) => store.kind(row) !== ROW.odd);
  const served = byStart.filter((row) => store.kind(row) === ROW.served);
  const byConnection = sortedBy(served, store.connectedAt);
  const reach = 2 * input.clockToleranceMs;
  for (const time of [...input.oddTimes, Infinity]) {
    for (const [rows, at] of [
      [quiet, store.start],
      [served, store.start],
      [byConnection, store.connectedAt],
    ] as const) {
      const from = firstAt(rows, at, time - reach) - NEIGHBOURS;
      const to = firstAt(rows, at, time + reach + 1) + NEIGHBOURS;
      for (let index = Math.max(0, from); index < Math.min(rows.length, to); index += 1)
        kept.add(rows[index] as number);
    }
  }
  for (const row of togetherMost(store, byStart, input.clockToleranceMs)) kept.add(row);
  return kept;
}

function keepInStream(
  kept: Set<number>,
  { store, births }: KeptInput,
  rows: readonly number[],
  oddOrders: readonly number[],
): void {
  const quiet = rows.filter((row) => store.kind(row) !== ROW.odd);
  const around = (index: number): void => {
    for (let at = index - NEIGHBOURS; at < index + NEIGHBOURS; at += 1) {
      const row = quiet[at];
      if (row !== undefined) kept.add(row);
    }
  };
  around(0);
  around(quiet.length);
  let next = 0;
  for (const order of oddOrders) {
    while (next < quiet.length && store.order(quiet[next] as number) < order) next += 1;
    around(next);
  }
  const [first, last] = [quiet[0], quiet.at(-1)];
  if (first === undefined || last === undefined) return;
  const instants = births.slice(
    firstAt(births, (time) => time, store.start(first)),
    firstAt(births, (time) => time, store.start(last) + 1),
  );
  for (const birth of instants) {
    const row = quiet[firstAt(quiet, store.start, birth)];
    if (row !== undefined) kept.add(row);
  }
}

/** The first time that more invocations ran at once than ever before, as the check of reserved concurrency counts them. */
function togetherMost(store: QuietStore, byStart: Uint32Array, toleranceMs: number): readonly number[] {
  let running: number[] = [];
  let best: readonly number[] = [];
  const until = (row: number): number => Math.max(store.start(row), store.end(row) - toleranceMs);
  for (const row of byStart) {
    const start = store.start(row);
    running = running.filter((one) => until(one) > start && store.stream(one) !== store.stream(row));
    running.push(row);
    if (running.length > best.length) best = [...running];
  }
  return best;
}

function allOf(lists: readonly (readonly number[])[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}

function sortedBy(rows: Uint32Array, at: (row: number) => number): Uint32Array {
  const inOrder = rows.every((row, index) => index === 0 || at(rows[index - 1] as number) <= at(row));
  return inOrder ? rows : rows.slice().sort((a, b) => (at(a) === at(b) ? a - b : at(a) - at(b)));
}

/** Index of the first whose value is at least this. */
function firstAt<T>(list: ArrayLike<T>, at: (one: T) => number, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(list[middle] as T) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
