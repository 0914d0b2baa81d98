/** Stores evidence in tables of numbered rows and in sorted lists of row numbers, in memory or in temporary files. */
export interface RowStore {
  table<Column extends string, Value>(form: TableForm<Column, Value>): RowTable<Column, Value>;
  order(): RowOrder;
  /** Returns a number for comparing and joining: equal texts have the same number, different texts (almost certainly) different ones. */
  key(text: string): number;
  close(): void;
}

export interface TableForm<Column extends string, Value> {
  readonly columns: readonly Column[];
  /** Converts a value to the text that is written to a file. Not called if the value stays in memory. */
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
  /** The rows in ascending order of `sortBy`. Rows with the same `sortBy` keep the order in which they were added. */
  rows(): Iterable<number>;
  close(): void;
}
