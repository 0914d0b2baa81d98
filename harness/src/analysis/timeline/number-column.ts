/** A growing list of numbers that needs eight bytes for each number. */
const PIECE = 1 << 13;

export class NumberColumn {
  readonly #pieces: Float64Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(value: number): void {
    const inPiece = this.#length % PIECE;
    if (inPiece === 0) this.#pieces.push(new Float64Array(PIECE));
    (this.#pieces.at(-1) as Float64Array)[inPiece] = value;
    this.#length += 1;
  }

  at(index: number): number {
    return this.#pieces[Math.floor(index / PIECE)]?.[index % PIECE] ?? NaN;
  }
}
