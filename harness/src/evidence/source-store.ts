/**
 * Stores the lines of one source other than the function's log, for example of the journal. A row has the lines of one invocation or
 * one connection with which nothing unusual happened. All other lines are `loose`.
 */
import { numberOf, ordinalKey, type SourceCount } from "./match-exact.ts";
import type { RowStore, RowTable } from "./row-store.ts";

export interface SourceLine<T> {
  readonly order: number;
  readonly value: T;
}

const COLUMNS = ["key", "from", "to", "extra"] as const;
type SourceColumn = (typeof COLUMNS)[number];

export interface SourceRow {
  /** The key by which the row is matched with an invocation. */
  readonly key: number;
  readonly from: number;
  readonly to: number;
  /** The driver's latency, or a key of the address from which the peer was reached. NaN if there is none. */
  readonly extra: number;
}

export class SourceStore<T> {
  readonly #table: RowTable<SourceColumn, readonly SourceLine<T>[]>;
  readonly #shared: (value: T) => T;
  readonly loose: SourceLine<T>[] = [];
  /** How many connections each boot or environment has, by its number. */
  readonly #counts = new Map<number, number>();
  /** The numbers of the boots whose connections may be in another order here than in the function's log. */
  readonly unordered = new Set<number>();
  /** True if the lines are numbered, and no line is missing, doubled or out of order. Only then may lines be replaced by their count. */
  whole = true;

  /** `shared` returns the same line, with equal texts stored only once (shared-texts.ts). */
  constructor(rows: RowStore, shared: (value: T) => T) {
    this.#table = rows.table({
      columns: COLUMNS,
      write: (lines) => JSON.stringify(lines),
      read: (text) => JSON.parse(text) as readonly SourceLine<T>[],
    });
    this.#shared = shared;
  }

  get length(): number {
    return this.#table.length;
  }

  hold(...lines: readonly SourceLine<T>[]): void {
    for (const { order, value } of lines) this.loose.push({ order, value: this.#shared(value) });
  }

  add(row: SourceRow, lines: readonly SourceLine<T>[]): void {
    this.#table.append({ ...row }, lines);
  }

  /** Counts one more connection of the boot or environment with this number, and returns its key. */
  nextKey(number: number): number {
    const ordinal = this.#counts.get(number) ?? 0;
    this.#counts.set(number, ordinal + 1);
    return ordinalKey(number, ordinal);
  }

  /** Returns the number of connections of the row's boot or environment, and whether these connections are complete and in order. */
  countOf = (row: number): SourceCount => {
    const number = numberOf(this.key(row));
    return { count: this.#counts.get(number) ?? 0, whole: this.whole && !this.unordered.has(number) };
  };

  key = (row: number): number => this.#table.number(row, "key");
  from = (row: number): number => this.#table.number(row, "from");
  to = (row: number): number => this.#table.number(row, "to");
  extra = (row: number): number => this.#table.number(row, "extra");

  lines(row: number): readonly SourceLine<T>[] {
    return this.#table.value(row) ?? [];
  }

  /** Returns the lines in the order of the source. */
  read(wanted: (row: number) => boolean): readonly T[] {
    const lines = [...this.loose];
    for (let row = 0; row < this.length; row += 1) if (wanted(row)) lines.push(...this.lines(row));
    return lines.sort((a, b) => a.order - b.order).map(({ value }) => value);
  }
}
