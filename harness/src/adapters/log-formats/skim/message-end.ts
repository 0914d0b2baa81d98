/**
 * Decides whether a message is certainly one that no judgement reads: a line of the application, or a platform event that the judgement does
 * not use. It searches for every sign that could make `decodeMessage` (logs/) give another answer. A message with such a sign is read in full.
 * This file has the signs at the beginning of a message; string-end.ts has the signs that can occur anywhere.
 */
import { BACKSLASH, NEWLINE, QUOTE, SPACE, TAB, type ChunkView } from "./chunk-view.ts";
import { Pattern } from "./pattern.ts";
import { quotedEnd, rawEnd, type Form } from "./string-end.ts";
import { UnneededRecords } from "./unneeded-records.ts";

const CAPITAL_A = 0x41;
const CAPITAL_E = 0x45;
const CAPITAL_T = 0x54;
const CAPITAL_Z = 0x5a;
const LETTER_T = 0x74;
const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;

/** A message that begins with one of these words and a space or tab is a platform line that no judgement uses. */
const UNNEEDED_WORDS = ["EXTENSION", "TELEMETRY", "XRAY", "LOGS"].map((word) => new Pattern(word));
/** The beginnings of the platform's lines, and of the lines by which the clients for Python, Java and Ruby report a failure. */
const NEEDED_WORDS = [
  ...["INIT_", "START", "END ", "REPORT", "Unknown application", "RequestId", "RESTORE_", "IMAGE"],
  ...["LAMBDA_WARNING", "Class ", "No public method", "Invalid handler", "Invalid class"],
  ...["Error raised from", "Critical exception", "Init error when", "Unable to import module"],
].map((word) => new Pattern(word));
/** The words that follow time and id in lines of .NET and of old clients for Node. */
const BEHIND_ID = ["fail", "crit", "Unable to import"].map((word) => new Pattern(word));
const PYTHON_ERROR = new Pattern("[ERROR]");
/**
 * Every failure that Java's client writes contains one of these texts, in the name of a source file or a class. This is also true if its lines
 * were joined when they were copied. An exception without a stack shows only its class.
 */
const JAVA = ["java", "Exception", "Error", "Throwable"];
/** The lines of Rust's client contain this text: anywhere in a line of plain text, and after a quote in a JSON object. */
const RUST_SPAN = "Lambda runtime";

export class MessageEnd {
  readonly #quoted: boolean;
  readonly #records: UnneededRecords;
  readonly #java = JAVA.map((text) => new NextOccurrence(text));
  readonly #rustSpan = new NextOccurrence(RUST_SPAN);

  constructor(form: Form) {
    this.#quoted = form.quoted;
    this.#records = new UnneededRecords(form);
  }

  /**
   * Returns the position of the closing quote or newline after the message that begins at `from`. Returns -1 if the message must be read or
   * is incomplete.
   */
  of(view: ChunkView, from: number): number {
    const first = view.bytes[from] as number;
    if (first === OPEN_OBJECT) {
      const end = this.#records.endAt(view, from);
      return end === -1 ? this.#end(view, from, true) : end;
    }
    if (first >= CAPITAL_A && first <= CAPITAL_Z) {
      if (this.#isUnneeded(view, from)) return this.#end(view, from, false);
      if (NEEDED_WORDS.some((word) => word.standsAt(view, from))) return -1;
    } else if (first === OPEN_LIST && PYTHON_ERROR.standsAt(view, from)) return -1;
    if (isErrorOrTimeout(view, from, this.#quoted)) return -1;
    const end = this.#end(view, from, true);
    return this.#rustSpan.isBetween(view, from, end) ? -1 : end;
  }

  #end(view: ChunkView, from: number, signsMatter: boolean): number {
    const end = this.#quoted ? quotedEnd(view, from, signsMatter) : rawEnd(view, from, signsMatter);
    return signsMatter && this.#java.some((text) => text.isBetween(view, from, end)) ? -1 : end;
  }

  #isUnneeded(view: ChunkView, from: number): boolean {
    const word = UNNEEDED_WORDS.find((one) => one.standsAt(view, from));
    return word !== undefined && gapAt(view.bytes, from + word.length, this.#quoted) > 0;
  }
}

/** Finds the next occurrence of a text in a chunk. It searches once for all messages before that occurrence. */
class NextOccurrence {
  readonly #text: string;
  readonly #start: string;
  #view: ChunkView | null = null;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#start = text.slice(0, FAST_SEARCH_BYTES);
  }

  isBetween(view: ChunkView, from: number, end: number): boolean {
    if (this.#view !== view || this.#at < from) {
      this.#view = view;
      this.#at = this.#next(view.chunk, from);
    }
    return this.#at < end;
  }

  #next(chunk: Buffer, from: number): number {
    let at = chunk.indexOf(this.#start, from, "latin1");
    while (at !== -1 && chunk.toString("latin1", at, at + this.#text.length) !== this.#text)
      at = chunk.indexOf(this.#start, at + 1, "latin1");
    return at === -1 ? Infinity : at;
  }
}

/**
 * Node searches a text of at most this many bytes by its first byte, with the processor's fast instructions. For a longer text it needs ten
 * times as long if the first byte occurs in many lines.
 */
const FAST_SEARCH_BYTES = 7;

/**
 * Whether the message may be `WORD<tab>ID<tab>ERROR…`, `WORD ID Task timed out…`, `WORD ERROR …` (Rust) or `WORD<tab>ID<tab>fail…` (.NET). In
 * most cases only one letter is tested. So every such message is found, and a few other messages too.
 */
function isErrorOrTimeout(view: ChunkView, from: number, quoted: boolean): boolean {
  const { bytes } = view;
  let at = from;
  while (gapAt(bytes, at, quoted) === 0) {
    const byte = bytes[at];
    if (byte === NEWLINE || (quoted && byte === QUOTE)) return false;
    at += quoted && byte === BACKSLASH && bytes[at + 1] !== NEWLINE ? 2 : 1;
  }
  at = gapEnd(bytes, at, quoted);
  if (bytes[at] === CAPITAL_E || BEHIND_ID.some((word) => word.standsAt(view, at))) return true;
  while (isOfId(bytes[at] as number)) at += 1;
  const next = gapEnd(bytes, at, quoted);
  if (next === at) return false;
  if (bytes[next] === CAPITAL_E || bytes[next] === CAPITAL_T) return true;
  return BEHIND_ID.some((word) => word.standsAt(view, next));
}

function gapEnd(bytes: Uint8Array, from: number, quoted: boolean): number {
  let at = from;
  for (let gap = gapAt(bytes, at, quoted); gap > 0; gap = gapAt(bytes, at, quoted)) at += gap;
  return at;
}

/** How many bytes the space or tab at this position takes. 0 if there is neither. */
function gapAt(bytes: Uint8Array, at: number, quoted: boolean): number {
  const byte = bytes[at];
  if (byte === SPACE || (byte === TAB && !quoted)) return 1;
  return quoted && byte === BACKSLASH && bytes[at + 1] === LETTER_T ? 2 : 0;
}

function isOfId(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= CAPITAL_A && byte <= CAPITAL_Z) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x2d
  );
}
