/** A growing list of numbers. Each takes as many bytes as an element of the given array type. */
const PIECE = 1 << 13;

type NumberArray = Float64Array | Int32Array | Uint8Array;

export class NumberColumn {
  readonly #pieces: NumberArray[] = [];
  readonly #kind: new (length: number) => NumberArray;
  #length = 0;

  constructor(kind: new (length: number) => NumberArray = Float64Array) {
    this.#kind = kind;
  }

  get length(): number {
    return this.#length;
  }

  add(value: number): void {
    const inPiece = this.#length % PIECE;
    if (inPiece === 0) this.#pieces.push(new this.#kind(PIECE));
    (this.#pieces.at(-1) as NumberArray)[inPiece] = value;
    this.#length += 1;
  }

  at(index: number): number {
    return this.#pieces[Math.floor(index / PIECE)]?.[index % PIECE] ?? NaN;
  }
}

/** Stands for null in an `Int32Array`. */
const NONE = -(2 ** 31);

/** A growing list of whole numbers of at most 31 bits, or null. */
export class WholeNumberColumn {
  readonly #numbers = new NumberColumn(Int32Array);

  static fits(value: number | null): boolean {
    return value === null || (value === (value | 0) && value !== NONE);
  }

  add(value: number | null): void {
    this.#numbers.add(value ?? NONE);
  }

  at(index: number): number | null {
    const value = this.#numbers.at(index);
    return value === NONE ? null : value;
  }
}
