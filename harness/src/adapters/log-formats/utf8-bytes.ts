/** Converts bytes to UTF-8 if they begin with a byte order mark: Windows PowerShell writes UTF-16 if output is redirected with `>`. */
import { TextDecoder } from "node:util";

class Utf8Bytes {
  /** The bytes before the encoding is known. Null after that. */
  #head: Buffer | null = Buffer.alloc(0);
  #decoder: TextDecoder | null = null;

  push(piece: Buffer): readonly Buffer[] {
    let rest: Buffer = piece;
    if (this.#head !== null) {
      rest = this.#head.length === 0 ? piece : Buffer.concat([this.#head, piece]);
      if (rest.length < 3) {
        this.#head = Buffer.from(rest);
        return [];
      }
      this.#head = null;
      const mark = rest.readUInt16BE(0);
      if (mark === 0xfffe || mark === 0xfeff)
        this.#decoder = new TextDecoder(mark === 0xfffe ? "utf-16le" : "utf-16be");
      else if (mark === 0xefbb && rest[2] === 0xbf) rest = rest.subarray(3);
    }
    return [this.#decoder === null ? rest : Buffer.from(this.#decoder.decode(rest, { stream: true }))];
  }

  finish(): readonly Buffer[] {
    if (this.#head !== null) return [this.#head];
    return this.#decoder === null ? [] : [Buffer.from(this.#decoder.decode())];
  }
}

/** What is not bytes is passed on. */
export async function* utf8Bytes<Other = never>(
  parts: AsyncIterable<Buffer | Other>,
): AsyncGenerator<Buffer | Other> {
  const utf8 = new Utf8Bytes();
  for await (const part of parts)
    if (Buffer.isBuffer(part)) yield* utf8.push(part);
    else yield part;
  yield* utf8.finish();
}
