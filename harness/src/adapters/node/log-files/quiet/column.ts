/** A list of numbers that grows without ever being copied, at its own width each. */
type Numbers = Float64Array | Uint32Array | Uint8Array;

const CHUNK_BITS = 15;
const CHUNK = 1 << CHUNK_BITS;

export class Column {
  readonly #make: () => Numbers;
  readonly #chunks: Numbers[] = [];
  #length = 0;

  constructor(width: "double" | "unsigned" | "byte") {
    this.#make = () =>
      width === "double"
        ? new Float64Array(CHUNK)
        : width === "unsigned"
          ? new Uint32Array(CHUNK)
          : new Uint8Array(CHUNK);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const at = this.#length & (CHUNK - 1);
    if (at === 0) this.#chunks.push(this.#make());
    (this.#chunks.at(-1) as Numbers)[at] = value;
    this.#length += 1;
  }

  at(index: number): number {
    return (this.#chunks[index >>> CHUNK_BITS] as Numbers)[index & (CHUNK - 1)] as number;
  }
}
