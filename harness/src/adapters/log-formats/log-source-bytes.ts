/** Reads the bytes of a file or of standard input. Gzip is decompressed, whatever the name of the file is. */
import { open } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

const GZIP = [0x1f, 0x8b] as const;
const PIECE_BYTES = 1 << 20;
const UNZIPPED_PIECE = 1 << 18;

/** Each piece is valid until the next one is requested. */
export function fileBytes(path: string): AsyncIterable<Buffer> {
  return unpacked(filePieces(path));
}

/** The next piece is read while the current piece is used, so two buffers are enough for a file of any size. */
async function* filePieces(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  const buffers = [Buffer.allocUnsafeSlow(PIECE_BYTES), Buffer.allocUnsafeSlow(PIECE_BYTES)] as const;
  const read = (turn: number): ReturnType<typeof file.read<Buffer>> => {
    // Not at a position, because the file can be a pipe.
    const result = file.read(buffers[turn % 2 === 0 ? 0 : 1], 0, PIECE_BYTES, null);
    // An error of this reading is thrown later, when the piece is requested.
    result.catch(() => undefined);
    return result;
  };
  let next = read(0);
  try {
    for (let turn = 1; ; turn += 1) {
      const { bytesRead, buffer } = await next;
      if (bytesRead === 0) return;
      next = read(turn);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await next.catch(() => undefined);
    await file.close();
  }
}

/** How many times data can be compressed: Firehose can compress data that CloudWatch has compressed already. */
const TIMES_PACKED_MAX = 3;

/** Decompresses gzip, up to `times` times. Other bytes are passed on unchanged. */
export async function* unpacked(
  bytes: AsyncIterable<Uint8Array>,
  times = TIMES_PACKED_MAX,
): AsyncGenerator<Buffer> {
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
    const packed = times > 0 && head[0] === GZIP[0] && head[1] === GZIP[1];
    if (packed) yield* unpacked(unzipped(all), times - 1);
    else yield* all;
  } finally {
    await source.return?.();
  }
}

function unzipped(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: UNZIPPED_PIECE });
  // An error of this pipeline is thrown later, when `gunzip` is read.
  pipeline(Readable.from(copied(bytes)), gunzip, () => undefined);
  return gunzip;
}

/** Copies each piece, because a stream requests a piece before it has used the previous one. */
async function* copied(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of bytes) yield Buffer.from(piece);
}

async function* rejoined(head: Buffer, rest: AsyncIterator<Uint8Array> | null): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  if (rest === null) return;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    yield Buffer.isBuffer(next.value) ? next.value : Buffer.from(next.value);
  }
}
