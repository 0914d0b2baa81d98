/**
 * Decides whether it is certain that no judgement needs a message. A message that may be needed has a mark: a certain text
 * (logs/line-marks.ts), by which `decodeMessage` (logs/) recognises it too, or something that could hide one.
 */
import { ALL_MARKS, INFO_MARKS } from "../../../logs/needed-line.ts";
import { UNNEEDED_WORDS } from "../../../logs/parse-platform-line.ts";
import type { LineMarks } from "../../../logs/line-marks.ts";
import { BACKSLASH, RETURN, SPACE, TAB, type ChunkView } from "./chunk-view.ts";
import type { MessageForm } from "./message-form.ts";
import { MarkSearch } from "./mark-search.ts";
import { isInfo } from "./runtime-frame.ts";
import { Pattern } from "./pattern.ts";
import { quotedEnd, rawEnd } from "./string-end.ts";
import { UnneededRecords } from "./unneeded-records.ts";

const CAPITAL_A = 0x41;
const CAPITAL_Z = 0x5a;
const [LETTER_N, LETTER_R, LETTER_T] = [0x6e, 0x72, 0x74];
const [OPEN_OBJECT, CLOSE_OBJECT] = [0x7b, 0x7d];
const NO_MARKS: LineMarks = {};

const UNNEEDED = UNNEEDED_WORDS.map((word) => new Pattern(word));

export class MessageEnd {
  readonly #quoted: boolean;
  readonly #records: UnneededRecords;
  readonly #marks: MarkSearch;
  readonly #info: MarkSearch;
  readonly #noMarks: MarkSearch;

  /** Messages with one of these marks are read. For complete lines of level INFO in Lambda's JSON format, only the marks `info` count. */
  constructor(form: MessageForm, marks: LineMarks = ALL_MARKS, info: LineMarks = INFO_MARKS) {
    this.#quoted = form.quoted;
    this.#marks = new MarkSearch(form, marks);
    this.#info = new MarkSearch(form, info);
    this.#noMarks = new MarkSearch(form, NO_MARKS);
    this.#records = new UnneededRecords(form, this.#noMarks);
  }

  /** Returns the position of the closing quote or newline. Returns -1 if the message must be read or is incomplete. */
  of(view: ChunkView, from: number): number {
    const first = view.bytes[from] as number;
    if (first === OPEN_OBJECT) {
      const record = this.#records.endAt(view, from);
      if (record !== -1) return record;
      const end = this.#markless(view, from);
      return end === -1 || this.#isWhole(view.bytes, end) ? end : -1;
    }
    if (first >= CAPITAL_A && first <= CAPITAL_Z && this.#isUnneeded(view, from))
      return this.#end(view, from, this.#noMarks);
    // An indented line can be a stack frame.
    if (gapAt(view.bytes, from, this.#quoted) > 0 || this.#marks.isAtStart(view, from)) return -1;
    return this.#markless(view, from);
  }

  /** Returns the end of a message, or -1 if it has a mark or could hide one. */
  #markless(view: ChunkView, from: number): number {
    this.#marks.sawLevel = false;
    const end = this.#end(view, from, this.#marks);
    if (end === -1) return -1;
    const marks = !this.#marks.sawLevel && isInfo(view, from, this.#marks.frame) ? this.#info : this.#marks;
    return marks.isAnywhere(view, from, end) ? -1 : end;
  }

  /** Whether the object that ends here was not cut off. Line ends can follow it. */
  #isWhole(bytes: Uint8Array, end: number): boolean {
    let at = end - 1;
    while (this.#quoted ? isWrittenLineEnd(bytes, at) : bytes[at] === RETURN) at -= this.#quoted ? 2 : 1;
    return bytes[at] === CLOSE_OBJECT;
  }

  #end(view: ChunkView, from: number, marks: MarkSearch): number {
    return this.#quoted ? quotedEnd(view, from, marks) : rawEnd(view, from, marks);
  }

  #isUnneeded(view: ChunkView, from: number): boolean {
    const word = UNNEEDED.find((one) => one.standsAt(view, from));
    return word !== undefined && gapAt(view.bytes, from + word.length, this.#quoted) > 0;
  }
}

/** 0 if there is neither a space nor a tab. */
function gapAt(bytes: Uint8Array, at: number, quoted: boolean): number {
  const byte = bytes[at];
  if (byte === SPACE || (byte === TAB && !quoted)) return 1;
  return quoted && byte === BACKSLASH && bytes[at + 1] === LETTER_T ? 2 : 0;
}

function isWrittenLineEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at - 1] === BACKSLASH && (bytes[at] === LETTER_N || bytes[at] === LETTER_R);
}
