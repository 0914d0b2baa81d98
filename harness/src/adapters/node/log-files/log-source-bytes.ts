/** The bytes of a file or of standard input, unpacked where they are gzip, whatever the name says. */
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

const GZIP = [0x1f, 0x8b] as const;
const PIECE = 1 << 18;

export function fileBytes(path: string): AsyncIterable<Buffer> {
  return unpacked(createReadStream(path, { highWaterMark: PIECE }));
}

export async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const source = bytes[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let done = false;
  try {
    while (head.length < GZIP.length && !done) {
      const next = await source.next();
      done = next.done === true;
      if (next.done !== true) head = Buffer.concat([head, next.value]);
    }
    const all = rejoined(head, done ? null : source);
    if (head[0] === GZIP[0] && head[1] === GZIP[1]) yield* unzipped(all);
    else yield* all;
  } finally {
    await source.return?.();
  }
}

function unzipped(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip();
  // What goes wrong on the way is thrown to whoever reads `gunzip`.
  pipeline(Readable.from(bytes), gunzip, () => undefined);
  return gunzip;
}

async function* rejoined(head: Buffer, rest: AsyncIterator<Uint8Array> | null): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  if (rest === null) return;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    yield Buffer.isBuffer(next.value) ? next.value : Buffer.from(next.value);
  }
}
