/**
 * Searches the bytes of a message for marks. A mark is a text that shows that a judgement may need the line (logs/line-marks.ts). Finds
 * every mark that `markFinder` finds, and a few texts more.
 */
import { joinMarks, type LineMarks } from "../../../logs/line-marks.ts";
import { BACKSLASH, isDigit, QUOTE, SPACE, type ChunkView } from "./chunk-view.ts";
import type { MessageForm } from "./message-form.ts";
import { frameWithout, type RuntimeFrame } from "./runtime-frame.ts";
import { Pattern } from "./pattern.ts";
import { Words, WordSearch } from "./word-search.ts";

const COLON = 0x3a;
const [ZERO, ONE, THREE] = [0x30, 0x31, 0x33];
/** The name of the member that can have a level as a number. */
const LEVEL = "level";

export class MarkSearch {
  readonly frame: RuntimeFrame;
  /** For each byte: 1 if a mark that follows a quote begins with this byte, else 0. */
  readonly beginsAfterQuote: Uint8Array;
  /** Whether this is a search for no marks. Then nothing in a message can be needed. */
  readonly findsNothing: boolean;
  /** Whether a member `level` was seen, other than the one of the frame. */
  sawLevel = false;
  readonly #texts: MarkTexts;
  readonly #anywhere: WordSearch | null;

  constructor(form: MessageForm, marks: LineMarks) {
    const texts = textsOf(form, marks);
    this.frame = texts.frame;
    this.beginsAfterQuote = texts.beginsAfterQuote;
    this.findsNothing = Object.keys(marks).length === 0;
    this.#texts = texts;
    this.#anywhere = texts.anywhere === null ? null : new WordSearch(texts.anywhere);
  }

  isAtStart(view: ChunkView, at: number): boolean {
    return this.#texts.atStart.standAt(view, at);
  }

  isAfterQuote(view: ChunkView, at: number): boolean {
    if (this.findsNothing) return false;
    if (this.#texts.afterQuote.standAt(view, at)) return true;
    if (!this.#texts.level.standsAt(view, at)) return false;
    this.sawLevel = true;
    return isNeededLevel(view, at + LEVEL.length);
  }

  isAnywhere(view: ChunkView, from: number, end: number): boolean {
    return this.#anywhere?.isBetween(view, from, end) === true;
  }
}

/** The marks as they are written in one form (message-form.ts). This object never changes, so all searches for the same marks share it. */
interface MarkTexts {
  readonly frame: RuntimeFrame;
  readonly beginsAfterQuote: Uint8Array;
  readonly atStart: Texts;
  readonly afterQuote: Texts;
  readonly level: Pattern;
  readonly anywhere: Words | null;
}

/** The marks that were prepared before. To prepare all marks takes a millisecond, as long as to read a small log. */
const PREPARED = new WeakMap<LineMarks, Map<MessageForm, MarkTexts>>();

function textsOf(form: MessageForm, marks: LineMarks): MarkTexts {
  const byForm = PREPARED.get(marks) ?? new Map<MessageForm, MarkTexts>();
  PREPARED.set(marks, byForm);
  const prepared = byForm.get(form) ?? prepare(form, marks);
  byForm.set(form, prepared);
  return prepared;
}

function prepare(form: MessageForm, marks: LineMarks): MarkTexts {
  const all = joinMarks([marks]);
  const written = (of: readonly string[]): readonly string[] => of.map((text) => form.written(text));
  const beginsAfterQuote = new Uint8Array(256);
  for (const text of written([...all.afterQuote, LEVEL])) beginsAfterQuote[text.charCodeAt(0)] = 1;
  return {
    frame: frameWithout(all.afterQuote, form),
    beginsAfterQuote,
    atStart: new Texts(written(all.atStart)),
    afterQuote: new Texts(written(all.afterQuote)),
    level: new Pattern(LEVEL),
    anywhere: all.anywhere.length === 0 ? null : new Words(written(all.anywhere)),
  };
}

/** Texts that are looked for at a given position. The first byte rules out most positions. */
class Texts {
  readonly #isFirst = new Uint8Array(256);
  readonly #byFirst: (readonly Pattern[])[] = new Array<readonly Pattern[]>(256).fill([]);

  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const first = text.charCodeAt(0);
      this.#isFirst[first] = 1;
      this.#byFirst[first] = [...(this.#byFirst[first] ?? []), new Pattern(text)];
    }
  }

  standAt(view: ChunkView, at: number): boolean {
    const first = view.bytes[at] as number;
    return (
      this.#isFirst[first] === 1 && this.#byFirst[first]?.some((text) => text.standsAt(view, at)) === true
    );
  }
}

/** Whether a level follows as a number, and is none of 10, 20 and 30. There may be spaces around the colon, and escapes before quotes. */
function isNeededLevel({ bytes }: ChunkView, from: number): boolean {
  let at = from;
  while (bytes[at] === QUOTE || bytes[at] === BACKSLASH || bytes[at] === COLON || bytes[at] === SPACE)
    at += 1;
  const tens = bytes[at] as number;
  return (
    isDigit(tens) && !(tens >= ONE && tens <= THREE && bytes[at + 1] === ZERO && !isDigit(bytes[at + 2]))
  );
}
