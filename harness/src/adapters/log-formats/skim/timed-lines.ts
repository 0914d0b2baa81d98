/**
 * Skips lines that have the form of the export to S3: `2026-11-25T01:02:03.456Z message`. A message has ended only when the next line
 * begins with a time and is readable text.
 */
import { isDigit, NEWLINE, SPACE, type ChunkView } from "./chunk-view.ts";
import { notedStream, type LifeSigns } from "./life-signs.ts";
import { MessageEnd } from "./message-end.ts";
import { Pattern } from "./pattern.ts";
import { RAW } from "./message-form.ts";

const DATE_BYTES = 10;
/** The length of a time and the space after it. */
const TIME_BYTES = "2026-11-25T01:02:03.456Z ".length;
const COMMA = 0x2c;
const SLASH = 0x2f;

export class TimedLines {
  readonly #signs: LifeSigns;
  readonly #messages = new MessageEnd(RAW);
  readonly #stream = notedStream(null);
  #date = new Pattern("0000-00-00");
  #midnight = Number.NaN;

  constructor(signs: LifeSigns) {
    this.#signs = signs;
  }

  /** Returns the first line that must be read. `begin` is called once, when a line shows that the message before `from` has ended. */
  skim(view: ChunkView, from: number, begin: () => void): number {
    let pending = -1;
    let pendingTime = 0;
    for (let at = from; ;) {
      const timestamp = at < view.end ? this.#timeAt(view, at) : -1;
      if (timestamp === -1) return pending === -1 ? at : pending;
      const end = this.#messageEnd(view, at + TIME_BYTES);
      if (end === -1 && hasNul(view, at)) return pending === -1 ? at : pending;
      if (pending !== -1) this.#signs.note(this.#stream, pendingTime, pending, 0, 0);
      if (end === -1) return at;
      if (pending === -1) begin();
      pending = at;
      pendingTime = timestamp;
      at = end + 1;
    }
  }

  /** Returns the end of the message that begins at this position, or -1 if its line must be read. */
  #messageEnd(view: ChunkView, at: number): number {
    const first = view.bytes[at] as number;
    // The line must be read if the message is empty, if something else than one space separates it from the time, or if it begins with a
    // log stream (as `aws logs tail` prints it).
    if (first <= SPACE || first === COMMA || view.bytes[at + 4] === SLASH) return -1;
    return this.#messages.of(view, at);
  }

  /** Returns the time of the line, or -1 if the line does not begin with a time in exactly this form and a space. */
  #timeAt(view: ChunkView, at: number): number {
    const { bytes } = view;
    if (!this.#date.standsAt(view, at)) {
      const date = view.chunk.toString("latin1", at, Math.min(at + DATE_BYTES, view.end));
      if (!/^\d{4}-\d\d-\d\d$/.test(date)) return -1;
      this.#date = new Pattern(date);
      this.#midnight = Date.parse(`${date}T00:00:00.000Z`);
    }
    for (let index = DATE_BYTES; index < TIME_BYTES; index += 1) {
      const expected = SHAPE[index - DATE_BYTES];
      const byte = bytes[at + index] as number;
      if (expected === ZERO ? !isDigit(byte) : byte !== expected) return -1;
    }
    const hours = twoDigits(bytes, at + 11);
    const minutes = twoDigits(bytes, at + 14);
    const seconds = twoDigits(bytes, at + 17);
    if (hours > 23 || minutes > 59 || seconds > 59 || Number.isNaN(this.#midnight)) return -1;
    const thousandths = twoDigits(bytes, at + 20) * 10 + (bytes[at + 22] as number) - ZERO;
    return this.#midnight + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + thousandths;
  }
}

const ZERO = 0x30;
const SHAPE = new TextEncoder().encode("T00:00:00.000Z ");

/** A line with a NUL is no text, so it does not end the message before it. */
function hasNul({ chunk }: ChunkView, at: number): boolean {
  return chunk.subarray(at, chunk.indexOf(NEWLINE, at)).includes(0);
}

function twoDigits(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) * 10 + (bytes[at + 1] as number) - ZERO * 11;
}
