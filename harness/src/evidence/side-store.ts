/**
 * What another source than the log says of one undisturbed invocation, a row each: the driver's two events, a connection as the peer
 * saw it, one as the engine's link saw it. Their lines are in a temporary file; lines that belong to no such row are held.
 */
import { RowFile } from "../adapters/storage/row-file.ts";
import { SpillFile } from "../adapters/storage/spill-file.ts";

/** A line of the source and its place in it. */
export interface SideLine<T> {
  readonly order: number;
  readonly value: T;
}

export interface SideRow {
  /** What it is joined by. */
  readonly key: number;
  readonly from: number;
  readonly to: number;
  /** Its latency, or a key of the address behind it; NaN: none. */
  readonly extra: number;
}

const AT = { key: 0, from: 8, to: 16, extra: 24, text: 32, bytes: 40 } as const;
const ROW_BYTES = 48;

export class SideStore<T> {
  readonly #rows = new RowFile(ROW_BYTES);
  readonly #texts = new SpillFile();
  readonly #shared: (value: T) => T;
  readonly loose: SideLine<T>[] = [];
  /** Its lines count, none is missing, doubled or out of order: only then can some of them be counted instead of looked at. */
  whole = true;

  /** `shared`: the same line with the texts that many lines have in common (shared-texts.ts). */
  constructor(shared: (value: T) => T) {
    this.#shared = shared;
  }

  get length(): number {
    return this.#rows.length;
  }

  hold(...lines: readonly SideLine<T>[]): void {
    for (const { order, value } of lines) this.loose.push({ order, value: this.#shared(value) });
  }

  add(row: SideRow, lines: readonly SideLine<T>[]): void {
    const text = this.#texts.append(JSON.stringify(lines.map(({ order, value }) => [order, value])));
    this.#rows.append((view, at) => {
      view.setFloat64(at + AT.key, row.key);
      view.setFloat64(at + AT.from, row.from);
      view.setFloat64(at + AT.to, row.to);
      view.setFloat64(at + AT.extra, row.extra);
      view.setFloat64(at + AT.text, text.from);
      view.setUint32(at + AT.bytes, text.bytes);
    });
  }

  key = (row: number): number => this.#double(row, AT.key);
  from = (row: number): number => this.#double(row, AT.from);
  to = (row: number): number => this.#double(row, AT.to);
  extra = (row: number): number => this.#double(row, AT.extra);

  lines(row: number): readonly SideLine<T>[] {
    const bytes = this.#rows.view(row).getUint32(this.#rows.offset(row) + AT.bytes);
    const text = this.#texts.read(this.#double(row, AT.text), bytes);
    return (JSON.parse(text) as readonly (readonly [number, T])[]).map(([order, value]) => ({
      order,
      value,
    }));
  }

  /** The loose lines and those of the rows that are wanted, in the order of the source. */
  read(wanted: (row: number) => boolean): readonly T[] {
    const lines = [...this.loose];
    for (let row = 0; row < this.length; row += 1) if (wanted(row)) lines.push(...this.lines(row));
    return lines.sort((a, b) => a.order - b.order).map(({ value }) => value);
  }

  close(): void {
    this.#rows.close();
    this.#texts.close();
  }

  #double(row: number, member: number): number {
    return this.#rows.view(row).getFloat64(this.#rows.offset(row) + member);
  }
}
