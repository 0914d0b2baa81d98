/**
 * The marks of lines that a judgement may need: texts at certain places of a line. A line without any mark is given to no runtime's reader.
 * To skip such lines early, adapters/log-formats/skim searches the bytes of a log for the same marks.
 */
import { invariant } from "../domain/invariant.ts";

/** Texts are compared exactly. */
export interface LineMarks {
  /** At the beginning of the line, if the line is not a JSON object. */
  readonly atStart?: readonly string[];
  /** After the first word, or after it and an id, as in `time<tab>id<tab>ERROR`, if the line is not a JSON object. */
  readonly afterId?: readonly string[];
  /** Directly after a quote, so usually at the beginning of a JSON name or text. */
  readonly afterQuote?: readonly string[];
  /** Names of members whose value is an object. */
  readonly objects?: readonly string[];
  /** Directly after a line end. JSON writes the line end as `\n` or `\r`. */
  readonly afterLineEnd?: readonly string[];
  /** Anywhere in the line. The complete log is searched for each text, so there should be few. */
  readonly anywhere?: readonly string[];
  /** Anywhere in the line, if the line is not a JSON object. */
  readonly anywhereInText?: readonly string[];
}

export function joinMarks(lists: readonly LineMarks[]): Required<LineMarks> {
  const all = (of: (marks: LineMarks) => readonly string[] | undefined): readonly string[] => [
    ...new Set(lists.flatMap((marks) => of(marks) ?? [])),
  ];
  const joined = {
    atStart: all((marks) => marks.atStart),
    afterId: all((marks) => marks.afterId),
    afterQuote: all((marks) => marks.afterQuote),
    objects: all((marks) => marks.objects),
    afterLineEnd: all((marks) => marks.afterLineEnd),
    anywhere: all((marks) => marks.anywhere),
    anywhereInText: all((marks) => marks.anywhereInText),
  };
  for (const text of Object.values(joined).flat())
    invariant(USABLE.test(text), `a mark that has only one form in JSON, not ${JSON.stringify(text)}`);
  for (const text of joined.afterId)
    invariant(
      !/^[\t ]/.test(text),
      `a mark that begins with neither a space nor a TAB, not ${JSON.stringify(text)}`,
    );
  return joined;
}

/** Other characters (such as `/`) have several forms in a JSON string, or can end a line or a string. */
const USABLE = /^[\t !#-.0-[\]-~]+$/;

/* eslint-disable no-restricted-syntax -- Called only with constants, while the program starts; harness/test/growth/patterns.test.ts checks the patterns. */
export function markFinder(marks: LineMarks): (line: string) => boolean {
  const { atStart, afterId, afterQuote, objects, afterLineEnd, anywhere, anywhereInText } = joinMarks([
    marks,
  ]);
  const quoted = afterQuote.map((text) => `"${text}`);
  const named = objects.map((name) => `"${name}"`);
  const object = new RegExp(`"(?:${choice(objects)})"[ \\t\\r\\n]*:[ \\t\\r\\n]*\\{`);
  const withId = new RegExp(`^[^ \\t]*[ \\t]+(?:[0-9A-Za-z-]+[ \\t]+)?(?:${choice(afterId)})`);
  const below = afterLineEnd.flatMap((text) => [text, escaped(text)]);
  const lineEnd = new RegExp(`(?:[\\r\\n]|\\\\[rn])(?:${choice(below)})`);
  return (line) => {
    const has = (text: string): boolean => line.includes(text);
    if (anywhere.some(has) || quoted.some(has)) return true;
    if (named.some(has) && object.test(line)) return true;
    if (below.some(has) && lineEnd.test(line)) return true;
    if (line.startsWith("{")) return false;
    return (
      atStart.some((text) => line.startsWith(text)) ||
      anywhereInText.some(has) ||
      (afterId.some(has) && withId.test(line))
    );
  };
}
/* eslint-enable no-restricted-syntax */

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function choice(texts: readonly string[]): string {
  return texts.length === 0 ? "(?!)" : texts.map((text) => text.replace(/[$(-+.?[-^{-}]/g, "\\$&")).join("|");
}
