/**
 * Reads the framed log messages of a runtime client: 4 bytes type, 4 bytes length, 8 bytes time, then the text. Bytes that are not a frame
 * (any program can write to the descriptor) are dropped up to the end of the chunk.
 */
import { EVENT_BYTES_MAX } from "./event-splitter.ts";

const TYPE_HIGH = 0xa55a;
const HEADER_BYTES = 16;
const FRAME_BYTES_MAX = 64 * 1024 * 1024;

export class FrameDecoder {
  #chunks: Buffer[] = [];
  #size = 0;
  #wanted = HEADER_BYTES;

  /** Yields the messages that end in the chunk. All of them must be taken before the next chunk comes. */
  *push(chunk: Buffer): Generator<string, undefined> {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#wanted) return undefined;
    let pending = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    this.#wanted = HEADER_BYTES;
    while (pending.length >= HEADER_BYTES) {
      const length = pending.readUInt32BE(4);
      if (pending.readUInt16BE(0) !== TYPE_HIGH || length > FRAME_BYTES_MAX) {
        pending = Buffer.alloc(0);
        break;
      }
      this.#wanted = HEADER_BYTES + length;
      if (pending.length < this.#wanted) break;
      yield* eventsOf(pending.subarray(HEADER_BYTES, this.#wanted));
      pending = pending.subarray(this.#wanted);
      this.#wanted = HEADER_BYTES;
    }
    this.#chunks = pending.length === 0 ? [] : [Buffer.from(pending)];
    this.#size = pending.length;
    return undefined;
  }
}

function* eventsOf(body: Buffer): Generator<string> {
  for (let start = 0; start < body.length; start += EVENT_BYTES_MAX) {
    const text = body.toString("utf8", start, Math.min(body.length, start + EVENT_BYTES_MAX));
    yield start + EVENT_BYTES_MAX >= body.length && !text.endsWith("\n") ? `${text}\n` : text;
  }
}
