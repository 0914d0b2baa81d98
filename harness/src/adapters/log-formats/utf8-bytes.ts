/**
 * Converts bytes to UTF-8. Windows PowerShell writes UTF-16 with `>`, and many Windows programs begin UTF-8 with a byte order mark. The
 * mark at the start shows the encoding. Bytes without a mark are passed on unchanged.
 */
import { TextDecoder } from "node:util";

export async function* utf8Bytes(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  let decoder: TextDecoder | null = null;
  for await (const piece of bytes) {
    let rest: Buffer = piece;
    if (head !== null) {
      rest = head.length === 0 ? piece : Buffer.concat([head, piece]);
      if (rest.length < 3) {
        head = Buffer.from(rest);
        continue;
      }
      head = null;
      const mark = rest.readUInt16BE(0);
      if (mark === 0xfffe || mark === 0xfeff)
        decoder = new TextDecoder(mark === 0xfffe ? "utf-16le" : "utf-16be");
      else if (mark === 0xefbb && rest[2] === 0xbf) rest = rest.subarray(3);
    }
    yield decoder === null ? rest : Buffer.from(decoder.decode(rest, { stream: true }));
  }
  if (head !== null) yield head;
  else if (decoder !== null) yield Buffer.from(decoder.decode());
}
