/** A row store in temporary files. Each table needs only a few pages of memory, whatever the length of the input is. */
import { createHash, randomBytes } from "node:crypto";
import type { RowOrder, RowStore, RowTable, TableForm } from "../../evidence/row-store.ts";
import { RowFile } from "./row-file.ts";
import { SortedRows } from "./sorted-rows.ts";
import { SpillFile } from "./spill-file.ts";

export class FileRowStore implements RowStore {
  readonly #open = new Set<{ close(): void }>();
  /** Makes keys different in every store. Otherwise somebody could write two texts on purpose that have the same key. */
  readonly #salt = randomBytes(16).toString("hex");

  table<Column extends string, Value>(form: TableForm<Column, Value>): RowTable<Column, Value> {
    const table = new FileTable(form);
    this.#open.add(table);
    return table;
  }

  order(): RowOrder {
    const order = new SortedRows();
    this.#open.add(order);
    return {
      add: (sortBy, row) => order.add(sortBy, row),
      rows: () => order.rows(),
      close: () => {
        order.close();
        this.#open.delete(order);
      },
    };
  }

  /** The key is 52 bits of a hash. Among a million texts, the probability that two have the same key is about one in nine thousand. */
  key(text: string): number {
    const bytes = createHash("sha1")
      .update(this.#salt + text)
      .digest();
    return bytes.readUIntBE(0, 6) * 16 + (bytes.readUInt8(6) >>> 4);
  }

  close(): void {
    for (const one of this.#open) one.close();
    this.#open.clear();
  }
}

const NUMBER_BYTES = Float64Array.BYTES_PER_ELEMENT;
const LENGTH_BYTES = Uint32Array.BYTES_PER_ELEMENT;

class FileTable<Column extends string, Value> implements RowTable<Column, Value> {
  readonly #rows: RowFile;
  readonly #texts = new SpillFile();
  readonly #form: TableForm<Column, Value>;
  readonly #offsets: Readonly<Record<Column, number>>;
  /** After the columns, a row has the position and the length of the value's text. */
  readonly #textAt: number;

  constructor(form: TableForm<Column, Value>) {
    this.#form = form;
    this.#offsets = Object.fromEntries(
      form.columns.map((column, index) => [column, index * NUMBER_BYTES]),
    ) as Record<Column, number>;
    this.#textAt = form.columns.length * NUMBER_BYTES;
    this.#rows = new RowFile(this.#textAt + NUMBER_BYTES + LENGTH_BYTES);
  }

  get length(): number {
    return this.#rows.length;
  }

  append(numbers: Readonly<Record<Column, number>>, value: Value | null): number {
    const text = value === null ? { from: 0, bytes: 0 } : this.#texts.append(this.#form.write(value));
    return this.#rows.append((view, at) => {
      for (const column of this.#form.columns) view.setFloat64(at + this.#offsets[column], numbers[column]);
      view.setFloat64(at + this.#textAt, text.from);
      view.setUint32(at + this.#textAt + NUMBER_BYTES, text.bytes);
    });
  }

  number(row: number, column: Column): number {
    return this.#rows.view(row).getFloat64(this.#rows.offset(row) + this.#offsets[column]);
  }

  value(row: number): Value | null {
    const view = this.#rows.view(row);
    const at = this.#rows.offset(row) + this.#textAt;
    const [from, bytes] = [view.getFloat64(at), view.getUint32(at + NUMBER_BYTES)];
    return bytes === 0 ? null : this.#form.read(this.#texts.read(from, bytes));
  }

  close(): void {
    this.#rows.close();
    this.#texts.close();
  }
}
