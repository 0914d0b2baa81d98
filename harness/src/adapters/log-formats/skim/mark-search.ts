/**
 * Searches the bytes of a message for marks. A mark is a text that shows that a judgement may need the line (runtimes/line-marks.ts). Finds
 * every mark that `markFinder` finds, and a few texts more.
 */
import { joinMarks, type LineMarks } from "../../../runtimes/line-marks.ts";
import { BACKSLASH, QUOTE, RETURN, SPACE, TAB, type ChunkView } from "./chunk-view.ts";
import type { Form } from "./form.ts";
import { frameWithout, type RuntimeFrame } from "./runtime-frame.ts";
import { NextOccurrence } from "./next-occurrence.ts";
import { Pattern } from "./pattern.ts";

const OPEN_OBJECT = 0x7b;
const COLON = 0x3a;
const [LETTER_N, LETTER_R, LETTER_T] = [0x6e, 0x72, 0x74];
/** The characters that can be between a member's name and its object, and the characters of their escapes. */
const BEFORE_OBJECT = [QUOTE, COLON, SPACE, TAB, RETURN, BACKSLASH, LETTER_N, LETTER_R, LETTER_T];

export class MarkSearch {
  readonly frame: RuntimeFrame;
  /** For each byte: 1 if a mark that follows a quote begins with this byte, else 0. */
  readonly beginsAfterQuote: Uint8Array;
  readonly #texts: MarkTexts;
  readonly #anywhere: readonly NextOccurrence[];
  readonly #anywhereInText: readonly NextOccurrence[];

  constructor(form: Form, marks: LineMarks) {
    const texts = textsOf(form, marks);
    this.frame = texts.frame;
    this.beginsAfterQuote = texts.beginsAfterQuote;
    this.#texts = texts;
    this.#anywhere = texts.anywhere.map((text) => new NextOccurrence(text));
    this.#anywhereInText = texts.anywhereInText.map((text) => new NextOccurrence(text));
  }

  isAtStart(view: ChunkView, at: number): boolean {
    return this.#texts.atStart.standAt(view, at);
  }

  /** Whether a mark begins at this position. The position is after the line's first word, or after the id that follows that word. */
  isAfterId(view: ChunkView, at: number): boolean {
    return this.#texts.afterId.standAt(view, at);
  }

  isAfterQuote(view: ChunkView, at: number): boolean {
    if (this.#texts.afterQuote.standAt(view, at)) return true;
    const name = this.#texts.objects.lengthAt(view, at);
    return name > 0 && objectFollows(view, at + name);
  }

  isAfterLineEnd(view: ChunkView, at: number): boolean {
    return this.#texts.afterLineEnd.standAt(view, at);
  }

  /** Whether a mark follows a line end that is written as `\n` or `\r`. The position is directly after the backslash. */
  isAfterBackslash(view: ChunkView, at: number): boolean {
    const letter = view.bytes[at];
    return (
      (letter === LETTER_N || letter === LETTER_R) && this.#texts.afterWrittenLineEnd.standAt(view, at + 1)
    );
  }

  isAnywhere(view: ChunkView, from: number, end: number): boolean {
    return this.#anywhere.some((text) => text.isBetween(view, from, end));
  }

  isAnywhereInText(view: ChunkView, from: number, end: number): boolean {
    return this.#anywhereInText.some((text) => text.isBetween(view, from, end));
  }
}

/** The marks as they are written in one form (form.ts). This object never changes, so all searches for the same marks share it. */
interface MarkTexts {
  readonly frame: RuntimeFrame;
  readonly beginsAfterQuote: Uint8Array;
  readonly atStart: Texts;
  readonly afterId: Texts;
  readonly afterQuote: Texts;
  readonly objects: Texts;
  readonly afterLineEnd: Texts;
  readonly afterWrittenLineEnd: Texts;
  readonly anywhere: readonly string[];
  readonly anywhereInText: readonly string[];
}

/** The marks that were prepared before. To prepare all marks takes a millisecond, as long as to read a small log. */
const PREPARED = new WeakMap<LineMarks, Map<Form, MarkTexts>>();

function textsOf(form: Form, marks: LineMarks): MarkTexts {
  const byForm = PREPARED.get(marks) ?? new Map<Form, MarkTexts>();
  PREPARED.set(marks, byForm);
  const prepared = byForm.get(form) ?? prepare(form, marks);
  byForm.set(form, prepared);
  return prepared;
}

function prepare(form: Form, marks: LineMarks): MarkTexts {
  const all = joinMarks([marks]);
  const written = (of: readonly string[]): readonly string[] => of.map((text) => form.written(text));
  const texts = (of: readonly string[]): Texts => new Texts(written(of));
  const beginsAfterQuote = new Uint8Array(256);
  for (const text of written([...all.afterQuote, ...all.objects])) beginsAfterQuote[text.charCodeAt(0)] = 1;
  return {
    frame: frameWithout(all.afterQuote, form),
    beginsAfterQuote,
    atStart: texts(all.atStart),
    afterId: texts(all.afterId),
    afterQuote: texts(all.afterQuote),
    objects: texts(all.objects),
    afterLineEnd: texts(all.afterLineEnd),
    afterWrittenLineEnd: texts(all.afterLineEnd.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)])),
    anywhere: written(all.anywhere),
    anywhereInText: written(all.anywhereInText),
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
    return this.lengthAt(view, at) > 0;
  }

  /** Returns the length of the text that begins at `at`. 0 if none begins there. */
  lengthAt(view: ChunkView, at: number): number {
    const first = view.bytes[at] as number;
    if (this.#isFirst[first] !== 1) return 0;
    return this.#byFirst[first]?.find((text) => text.standsAt(view, at))?.length ?? 0;
  }
}

/** There may be white space around the colon, also as escapes. */
function objectFollows({ bytes }: ChunkView, from: number): boolean {
  let at = from;
  for (let byte = bytes[at]; byte !== undefined; at += 1, byte = bytes[at]) {
    if (byte === OPEN_OBJECT) return true;
    if (!BEFORE_OBJECT.includes(byte)) return false;
  }
  return false;
}
