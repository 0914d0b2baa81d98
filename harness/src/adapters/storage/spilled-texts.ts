/** Keeps the newest texts in memory and the others in a temporary file. If there are few texts, there is no file. */
import { createHash, randomBytes } from "node:crypto";
import type { StoredText, TextStore } from "../../evidence/text-store.ts";
import { TemporaryFile } from "./temporary-file.ts";

const BUFFER_BYTES = 4 << 20;

export class SpilledTexts implements TextStore {
  readonly #file = new TemporaryFile();
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  #held = 0;
  #reading = Buffer.alloc(0);
  /** Makes keys different in every store. Otherwise somebody could write two texts on purpose that have the same key. */
  readonly #salt = randomBytes(16).toString("hex");

  append(text: string): StoredText {
    // A character needs at most three bytes for each of its UTF-16 units.
    if (this.#held + 3 * text.length > BUFFER_BYTES) this.#flush();
    const begin = this.#file.length + this.#held;
    if (3 * text.length > BUFFER_BYTES) {
      const whole = Buffer.from(text);
      this.#file.append(whole);
      return { begin, bytes: whole.length };
    }
    const bytes = this.#buffer.write(text, this.#held, "utf8");
    this.#held += bytes;
    return { begin, bytes };
  }

  read({ begin, bytes }: StoredText): string {
    const inFile = this.#file.length;
    if (begin >= inFile) return this.#buffer.toString("utf8", begin - inFile, begin - inFile + bytes);
    if (this.#reading.length < bytes) this.#reading = Buffer.allocUnsafeSlow(bytes);
    const target = this.#reading.subarray(0, bytes);
    this.#file.read(target, begin);
    return target.toString("utf8");
  }

  /** The key is 52 bits of a hash. Among a million texts, the probability that two have the same key is about one in nine thousand. */
  key(text: string): number {
    const bytes = createHash("sha1")
      .update(this.#salt + text)
      .digest();
    return bytes.readUIntBE(0, 6) * 16 + (bytes.readUInt8(6) >>> 4);
  }

  close(): void {
    this.#file.close();
  }

  #flush(): void {
    if (this.#held > 0) this.#file.append(this.#buffer.subarray(0, this.#held));
    this.#held = 0;
  }
}
