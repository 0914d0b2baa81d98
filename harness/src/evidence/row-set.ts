/** A set of row numbers with one bit for each row. */
export class RowSet {
  readonly #bits: Uint8Array;

  constructor(rows: number) {
    this.#bits = new Uint8Array((rows >>> 3) + 1);
  }

  add(row: number): void {
    this.#bits[row >>> 3] = (this.#bits[row >>> 3] as number) | (1 << (row & 7));
  }

  has(row: number): boolean {
    return ((this.#bits[row >>> 3] as number) & (1 << (row & 7))) !== 0;
  }
}
