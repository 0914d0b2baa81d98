/**
 * Skips application lines that `aws logs filter-log-events` printed, one event on each line:
 * `{"logStreamName":"…","timestamp":…,"message":"…","ingestionTime":…,"eventId":"…"}`, with or without spaces. A line is skipped only if it
 * is exactly one complete event.
 */
import { NEWLINE, plainEnd, QUOTE, RETURN, type ChunkView } from "./chunk-view.ts";
import { isTimeAt, timeAtDigits, TIME_DIGITS } from "./digits.ts";
import { notedStream, type LifeSigns, type NotedStream } from "./life-signs.ts";
import { MessageEnd } from "./message-end.ts";
import { Pattern } from "./pattern.ts";
import { QUOTED } from "./message-form.ts";

/** What stands between the values of a line, after the time. It is the same in all streams whose lines have the same spaces. */
interface Members {
  readonly message: Pattern;
  readonly ingestionTime: Pattern;
  readonly eventId: Pattern;
}

/** How the lines of one log stream are written. */
interface LineLayout {
  readonly stream: NotedStream;
  /** The beginning of the line, up to the digits of the time. */
  readonly start: Pattern;
  readonly members: Members;
}

const START = /^\{"logStreamName":( ?)"([ !#-[\]-~]+)",\1"timestamp":\1(?=[1-9])/;
const START_BYTES_MAX = 640;
const CLOSE_OBJECT = 0x7d;
/** At most this many layouts are kept, one for each log stream. Each takes about 2 KiB. */
const LAYOUTS_MAX = 1_024;
/**
 * A layout is found by eight bytes: the last bytes of the stream's name and, in lines with spaces, the two bytes after the name. They
 * begin this far before the end of the layout's `start`.
 */
const KEY_FROM_END = '","timestamp":'.length + 8;

export class PrintedEvents {
  readonly #signs: LifeSigns;
  readonly #messageEnd = new MessageEnd(QUOTED);
  #last: LineLayout | null = null;
  #before: LineLayout | null = null;
  readonly #byKey = new Map<number, LineLayout>();

  constructor(signs: LifeSigns) {
    this.#signs = signs;
  }

  /** Returns where the next line begins, or -1 if this line must be read in full. Calls `begin` before it notes a skipped line. */
  skim(view: ChunkView, from: number, begin: (() => void) | null): number {
    const { bytes } = view;
    const layout = this.#layoutAt(view, from);
    if (layout === null) return -1;
    const { message, ingestionTime, eventId } = layout.members;
    const timeAt = from + layout.start.length;
    if (!isTimeAt(view, timeAt) || !message.standsAt(view, timeAt + TIME_DIGITS)) return -1;
    const messageAt = timeAt + TIME_DIGITS + message.length;
    let at = this.#messageEnd.of(view, messageAt);
    if (at === -1 || !ingestionTime.standsAt(view, at)) return -1;
    at += ingestionTime.length;
    if (!isTimeAt(view, at) || !eventId.standsAt(view, at + TIME_DIGITS)) return -1;
    const idFrom = at + TIME_DIGITS + eventId.length;
    const idEnd = plainEnd(view, idFrom);
    if (bytes[idEnd] !== QUOTE || bytes[idEnd + 1] !== CLOSE_OBJECT) return -1;
    const end = bytes[idEnd + 2] === RETURN ? idEnd + 3 : idEnd + 2;
    if (bytes[end] !== NEWLINE) return -1;
    if (begin !== null) begin();
    this.#signs.note(layout.stream, timeAtDigits(view, timeAt), from, idFrom, idEnd);
    return end + 1;
  }

  /** Lines of several environments can be mixed, so more layouts than the last one are tried. */
  #layoutAt(view: ChunkView, from: number): LineLayout | null {
    const last = this.#last;
    if (last === null) return this.#learned(view, from);
    if (last.start.standsAt(view, from)) return last;
    const before = this.#before;
    if (before?.start.standsAt(view, from) === true) return this.#use(before);
    const known = this.#byKey.get(keyAt(view.bytes, from + last.start.length - KEY_FROM_END));
    return known?.start.standsAt(view, from) === true ? this.#use(known) : this.#learned(view, from);
  }

  #learned(view: ChunkView, from: number): LineLayout | null {
    const learned = layoutOf(view.chunk.toString("latin1", from, Math.min(from + START_BYTES_MAX, view.end)));
    if (learned === null) return null;
    const key = keyAt(view.bytes, from + learned.start.length - KEY_FROM_END);
    // `#layoutAt` computed the key at the position that the last layout gives. A layout of another length has its key at another position,
    // so the layout is looked up again with this key.
    const known = this.#byKey.get(key);
    if (known?.start.standsAt(view, from) === true) return this.#use(known);
    if (this.#byKey.size >= LAYOUTS_MAX) this.#byKey.clear();
    this.#byKey.set(key, learned);
    return this.#use(learned);
  }

  #use(layout: LineLayout): LineLayout {
    this.#before = this.#last;
    this.#last = layout;
    return layout;
  }
}

function layoutOf(text: string): LineLayout | null {
  const [start, space, logStreamName] = START.exec(text) ?? [];
  if (start === undefined || space === undefined || logStreamName === undefined) return null;
  return {
    stream: notedStream(logStreamName),
    start: new Pattern(start),
    members: space === "" ? PLAIN : SPACED,
  };
}

const PLAIN = membersWith("");
const SPACED = membersWith(" ");

/** `space` is the space after each colon and comma, or an empty text. */
function membersWith(space: string): Members {
  const spaced = (written: string): Pattern => new Pattern(written.replace(/[:,]/g, `$&${space}`));
  return {
    message: spaced(',"message":"'),
    ingestionTime: spaced('","ingestionTime":'),
    eventId: spaced(',"eventId":"'),
  };
}

/** A key of a layout. If two layouts have the same key, this only costs time, because the complete start is compared before a layout is used. */
function keyAt(bytes: Uint8Array, from: number): number {
  let key = 0;
  for (let at = from; at < from + 8; at += 1) key = (Math.imul(key, 31) + (bytes[at] ?? 0)) | 0;
  return key;
}
