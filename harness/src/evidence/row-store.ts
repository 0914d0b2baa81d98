/**
 * Holds evidence while it is read and joined: rows of numbers with one value each, and sorted orders of rows. It is an interface, so that
 * the same functions work on small inputs in memory and on long ones in temporary files (both in adapters/storage). A store does not know
 * what its rows mean.
 */
export interface RowStore {
  table<Column extends string, Value>(form: TableForm<Column, Value>): RowTable<Column, Value>;
  /** A new order. Row numbers are added to it with the number by which they are sorted. */
  order(): RowOrder;
  /** A number for a text, for comparing and joining: equal texts have the same number, different texts have different numbers. */
  key(text: string): number;
  /** Frees all rows. */
  close(): void;
}

export interface TableForm<Column extends string, Value> {
  readonly columns: readonly Column[];
  /** How a value is written to a file and read back, if it does not stay in memory. */
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
  /** The rows in ascending order. Rows with the same number keep the order in which they were added. */
  rows(): Iterable<number>;
  close(): void;
}
