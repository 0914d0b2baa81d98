/** Keeps texts that are read back by position. The newest texts are in memory, the others in a temporary file. */
import { TemporaryFile } from "./temporary-file.ts";

const BUFFER_BYTES = 1 << 18;

export class SpillFile {
  readonly #file = new TemporaryFile();
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  #held = 0;
  #reading = Buffer.alloc(0);

  /** Returns the position and the length of the text, in bytes. */
  append(text: string): { readonly from: number; readonly bytes: number } {
    // A character needs at most three bytes for each of its UTF-16 units.
    if (this.#held + 3 * text.length > BUFFER_BYTES) this.#flush();
    const from = this.#file.length + this.#held;
    if (3 * text.length > BUFFER_BYTES) {
      const whole = Buffer.from(text);
      this.#file.append(whole);
      return { from, bytes: whole.length };
    }
    const bytes = this.#buffer.write(text, this.#held, "utf8");
    this.#held += bytes;
    return { from, bytes };
  }

  read(from: number, bytes: number): string {
    const inFile = this.#file.length;
    if (from >= inFile) return this.#buffer.toString("utf8", from - inFile, from - inFile + bytes);
    if (this.#reading.length < bytes) this.#reading = Buffer.allocUnsafeSlow(bytes);
    const target = this.#reading.subarray(0, bytes);
    this.#file.read(target, from);
    return target.toString("utf8");
  }

  close(): void {
    this.#file.close();
  }

  #flush(): void {
    if (this.#held > 0) this.#file.append(this.#buffer.subarray(0, this.#held));
    this.#held = 0;
  }
}
