/**
 * Where evidence lies while it is read and joined: rows of numbers with a value each, and the orders in which rows are looked at.
 * An interface, so that the same functions work on an input of any length, which lies in temporary files, and on a small one in memory
 * (both in adapters/storage). A store knows nothing of what its rows mean.
 */
export interface RowStore {
  table<Column extends string, Value>(form: TableForm<Column, Value>): RowTable<Column, Value>;
  /** A new order, to which row numbers are added with what they are sorted by. */
  order(): RowOrder;
  /** A number for a text, by which texts are compared and joined: equal texts have equal numbers, and different texts different ones. */
  key(text: string): number;
  /** Gives up all rows. */
  close(): void;
}

export interface TableForm<Column extends string, Value> {
  readonly columns: readonly Column[];
  /** How a value is written where it does not stay in memory, and read again. */
  readonly write: (value: Value) => string;
  readonly read: (text: string) => Value;
}

export interface RowTable<Column extends string, Value> {
  readonly length: number;
  /** Returns the number of the row: 0, 1, … */
  append(numbers: Readonly<Record<Column, number>>, value: Value | null): number;
  number(row: number, column: Column): number;
  value(row: number): Value | null;
}

export interface RowOrder {
  add(sortBy: number, row: number): void;
  /** Ascending; rows with the same number in the order in which they were added. */
  rows(): Iterable<number>;
  close(): void;
}
