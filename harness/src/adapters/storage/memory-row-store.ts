/** A row store in memory. Values are kept as they are, and two texts never get the same key. */
import type { RowOrder, RowStore, RowTable, TableForm } from "../../evidence/row-store.ts";

export class MemoryRowStore implements RowStore {
  readonly #keys = new Map<string, number>();

  table<Column extends string, Value>({ columns }: TableForm<Column, Value>): RowTable<Column, Value> {
    return new MemoryTable<Column, Value>(columns);
  }

  order(): RowOrder {
    return new MemoryOrder();
  }

  key(text: string): number {
    let key = this.#keys.get(text);
    if (key === undefined) {
      key = this.#keys.size;
      this.#keys.set(text, key);
    }
    return key;
  }

  close(): void {
    this.#keys.clear();
  }
}

class MemoryTable<Column extends string, Value> implements RowTable<Column, Value> {
  readonly #numbers: Readonly<Record<Column, number[]>>;
  readonly #columns: readonly Column[];
  readonly #values: (Value | null)[] = [];

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
    const numbers: Partial<Record<Column, number[]>> = {};
    for (const column of columns) numbers[column] = [];
    this.#numbers = numbers as Record<Column, number[]>;
  }

  get length(): number {
    return this.#values.length;
  }

  append(numbers: Readonly<Record<Column, number>>, value: Value | null): number {
    for (const column of this.#columns) this.#numbers[column].push(numbers[column]);
    return this.#values.push(value) - 1;
  }

  number(row: number, column: Column): number {
    return this.#numbers[column][row] ?? NaN;
  }

  value(row: number): Value | null {
    return this.#values[row] ?? null;
  }
}

class MemoryOrder implements RowOrder {
  #entries: { readonly sortBy: number; readonly row: number }[] = [];

  add(sortBy: number, row: number): void {
    this.#entries.push({ sortBy, row });
  }

  *rows(): Generator<number> {
    this.#entries.sort((a, b) => a.sortBy - b.sortBy);
    for (const { row } of this.#entries) yield row;
  }

  close(): void {
    this.#entries = [];
  }
}
