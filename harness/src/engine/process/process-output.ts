/**
 * Turns what one process writes into log events: the lines of its standard output and error, and the framed messages of descriptor 3. The
 * log takes the events when it has time. Until then the bytes wait here, and if they are many, the process must wait too.
 */
import type { ProcessRole } from "./process-end.ts";
import type { OutputHandlers } from "./process-group.ts";

export const EVENT_BYTES_MAX = 262_118; // 256 KiB less the 26 bytes which CloudWatch adds to each event

/** Where the events go, in order. */
interface OutputLog {
  fromProcess(
    events: Iterator<string, undefined>,
    from: { readonly role: ProcessRole["role"]; readonly bytes: number },
  ): void;
  /** The bytes whose events have not been taken yet. */
  readonly waitingBytes: number;
  /** Calls `then` when everything is written that was given before. */
  whenTaken(then: () => void): void;
  drop(bytes: Buffer): void;
}

export class ProcessOutput implements OutputHandlers {
  readonly #log: OutputLog;
  readonly #role: ProcessRole["role"];
  readonly #lines = [new EventSplitter(), new EventSplitter()] as const;
  readonly #frames = new FrameDecoder();

  constructor(log: OutputLog, role: ProcessRole["role"]) {
    this.#log = log;
    this.#role = role;
  }

  get waitingBytes(): number {
    return this.#log.waitingBytes;
  }

  readonly output = (chunk: Buffer): void => this.#take(this.#lines[0].push(chunk), chunk.length);
  readonly error = (chunk: Buffer): void => this.#take(this.#lines[1].push(chunk), chunk.length);
  readonly framed = (chunk: Buffer): void => this.#take(this.#frames.push(chunk), chunk.length);
  readonly dropped = (chunk: Buffer): void => this.#log.drop(chunk);
  readonly whenTaken = (then: () => void): void => this.#log.whenTaken(then);

  /** To be called at the end of a phase or of the process. A last line without a newline then becomes an event too. */
  endLines(): void {
    for (const lines of this.#lines) this.#take(lines.end(), 0);
  }

  #take(events: Iterator<string, undefined>, bytes: number): void {
    this.#log.fromProcess(events, { role: this.#role, bytes });
  }
}

/**
 * Splits what a process writes to standard output, or to standard error, into log events. Each line is an event and keeps its newline. `\r`
 * does not end a line, and an empty line is no event (docs/aws/logs.md#lines-and-events). A line longer than the limit of an event is cut
 * into several events.
 */
export class EventSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /** Yields the events that end in the chunk. All of them must be taken before the next chunk comes. */
  *push(chunk: Buffer): Generator<string, undefined> {
    let pending = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const newline = pending.indexOf(0x0a);
      const end = newline === -1 ? pending.length : newline + 1;
      if (end > EVENT_BYTES_MAX) {
        const cut = characterStart(pending, EVENT_BYTES_MAX);
        yield pending.toString("utf8", 0, cut);
        pending = pending.subarray(cut);
      } else if (newline === -1) break;
      else {
        if (newline > 0) yield pending.toString("utf8", 0, end);
        pending = pending.subarray(end);
      }
    }
    // Copies the rest, because without a copy a short rest would keep a large chunk in memory.
    this.#rest = Buffer.from(pending);
    return undefined;
  }

  /** To be called at the end of the phase or the process, because an incomplete last line then becomes an event too. */
  *end(): Generator<string, undefined> {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    if (rest.length > 0) yield `${rest.toString("utf8")}\n`;
    return undefined;
  }
}

/** Returns the nearest position at or before `offset` where a UTF-8 character begins. */
function characterStart(bytes: Buffer, offset: number): number {
  let start = offset;
  while (start > offset - 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  return start;
}

const TYPE_HIGH = 0xa55a;
const HEADER_BYTES = 16;
const FRAME_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Reads the framed log messages of a runtime client: 4 bytes type, 4 bytes length, 8 bytes time, then the text. Bytes that are not a frame
 * (any program can write to the descriptor) are dropped up to the end of the chunk.
 */
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
