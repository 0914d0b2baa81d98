/** Splits bytes into lines. A line longer than the limit is passed on in parts, so that no input can fill the memory. */
export interface Lines {
  line(bytes: Buffer): void;
  /** `from` is the position of the next line in the chunk. Returns the position of the next wanted line. */
  skim(from: number): number;
  longPart(bytes: Buffer): void;
  longEnd(): void;
}

const NEWLINE = 0x0a;

export class LineSplitter {
  readonly #lines: Lines;
  readonly #limit: number;
  #rest: Buffer[] = [];
  #restBytes = 0;
  #long = false;

  constructor(lines: Lines, limit: number) {
    this.#lines = lines;
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    let from = this.#long || this.#restBytes > 0 ? 0 : this.#lines.skim(0);
    for (let end = chunk.indexOf(NEWLINE, from); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      this.#ended(chunk.subarray(from, end));
      from = this.#lines.skim(end + 1);
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from));
  }

  /** The last line may have no newline. */
  finish(): void {
    if (this.#long || this.#restBytes > 0) this.#ended(Buffer.alloc(0));
  }

  #ended(last: Buffer): void {
    if (!this.#long && this.#restBytes === 0) return this.#lines.line(last);
    if (!this.#long) {
      const whole = Buffer.concat([...this.#rest, last]);
      this.#forget();
      return this.#lines.line(whole);
    }
    if (last.length > 0) this.#lines.longPart(last);
    this.#lines.longEnd();
    this.#forget();
  }

  #keep(bytes: Buffer): void {
    if (this.#long) return this.#lines.longPart(bytes);
    // The bytes are copied, because the reader uses the chunk again.
    this.#rest.push(Buffer.from(bytes));
    this.#restBytes += bytes.length;
    if (this.#restBytes <= this.#limit) return;
    this.#long = true;
    for (const part of this.#rest) this.#lines.longPart(part);
    this.#rest = [];
  }

  #forget(): void {
    this.#rest = [];
    this.#restBytes = 0;
    this.#long = false;
  }
}
