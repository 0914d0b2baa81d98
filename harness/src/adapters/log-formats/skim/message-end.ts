/**
 * Decides whether it is certain that no judgement needs a message. A message that may be needed has a mark: a certain text
 * (runtimes/line-marks.ts), by which `decodeMessage` (logs/) recognises it too.
 */
import { ALL_MARKS } from "../../../logs/needed-line.ts";
import { UNNEEDED_WORDS } from "../../../logs/parse-platform-line.ts";
import type { LineMarks } from "../../../runtimes/line-marks.ts";
import { BACKSLASH, NEWLINE, QUOTE, SPACE, TAB, type ChunkView } from "./chunk-view.ts";
import type { Form } from "./form.ts";
import { MarkSearch } from "./mark-search.ts";
import { Pattern } from "./pattern.ts";
import { quotedEnd, rawEnd } from "./string-end.ts";
import { UnneededRecords } from "./unneeded-records.ts";

const CAPITAL_A = 0x41;
const CAPITAL_Z = 0x5a;
const LETTER_T = 0x74;
const OPEN_OBJECT = 0x7b;
const NO_MARKS: LineMarks = {};

const UNNEEDED = UNNEEDED_WORDS.map((word) => new Pattern(word));

export class MessageEnd {
  readonly #quoted: boolean;
  readonly #records: UnneededRecords;
  readonly #marks: MarkSearch;
  readonly #noMarks: MarkSearch;

  /** Messages with one of these marks are read. */
  constructor(form: Form, marks: LineMarks = ALL_MARKS) {
    this.#quoted = form.quoted;
    this.#marks = new MarkSearch(form, marks);
    this.#noMarks = new MarkSearch(form, NO_MARKS);
    this.#records = new UnneededRecords(form, this.#noMarks);
  }

  /** Returns the position of the closing quote or newline. Returns -1 if the message must be read or is incomplete. */
  of(view: ChunkView, from: number): number {
    const first = view.bytes[from] as number;
    if (first === OPEN_OBJECT) {
      const end = this.#records.endAt(view, from);
      return end === -1 ? this.#markless(view, from) : end;
    }
    if (first >= CAPITAL_A && first <= CAPITAL_Z && this.#isUnneeded(view, from))
      return this.#end(view, from, this.#noMarks);
    if (this.#marks.isAtStart(view, from) || this.#isAfterId(view, from)) return -1;
    const end = this.#markless(view, from);
    return this.#marks.isAnywhereInText(view, from, end) ? -1 : end;
  }

  /** Returns the end of a message, or -1 if it has a mark after a quote, a mark after a line end, or a mark that counts anywhere. */
  #markless(view: ChunkView, from: number): number {
    const end = this.#end(view, from, this.#marks);
    return this.#marks.isAnywhere(view, from, end) ? -1 : end;
  }

  #end(view: ChunkView, from: number, marks: MarkSearch): number {
    return this.#quoted ? quotedEnd(view, from, marks) : rawEnd(view, from, marks);
  }

  #isUnneeded(view: ChunkView, from: number): boolean {
    const word = UNNEEDED.find((one) => one.standsAt(view, from));
    return word !== undefined && gapAt(view.bytes, from + word.length, this.#quoted) > 0;
  }

  /** Whether a mark follows the first word, or the first word and an id. */
  #isAfterId(view: ChunkView, from: number): boolean {
    const { bytes } = view;
    const quoted = this.#quoted;
    let at = from;
    while (gapAt(bytes, at, quoted) === 0) {
      const byte = bytes[at];
      if (byte === NEWLINE || (quoted && byte === QUOTE)) return false;
      at += quoted && byte === BACKSLASH && bytes[at + 1] !== NEWLINE ? 2 : 1;
    }
    at = gapEnd(bytes, at, quoted);
    if (this.#marks.isAfterId(view, at)) return true;
    while (isOfId(bytes[at] as number)) at += 1;
    const next = gapEnd(bytes, at, quoted);
    return next !== at && this.#marks.isAfterId(view, next);
  }
}

function gapEnd(bytes: Uint8Array, from: number, quoted: boolean): number {
  let at = from;
  for (let gap = gapAt(bytes, at, quoted); gap > 0; gap = gapAt(bytes, at, quoted)) at += gap;
  return at;
}

/** 0 if there is neither a space nor a tab. */
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
