/**
 * The marks of lines that a judgement may need: texts at certain places of a line. To skip other lines early, adapters/log-formats/skim
 * searches the bytes of a log for the same marks.
 */
import { invariant } from "../base/invariant.ts";

export interface LineMarks {
  /** At the beginning of the line, if the line is not a JSON object. Compared exactly. */
  readonly atStart?: readonly string[];
  /** Directly after a quote, so usually at the beginning of a JSON name or text. Compared exactly. */
  readonly afterQuote?: readonly string[];
  /** Anywhere in the line, in any case of letters. */
  readonly anywhere?: readonly string[];
}

export function joinMarks(lists: readonly LineMarks[]): Required<LineMarks> {
  const all = (of: (marks: LineMarks) => readonly string[] | undefined): readonly string[] => [
    ...new Set(lists.flatMap((marks) => of(marks) ?? [])),
  ];
  const joined = {
    atStart: all((marks) => marks.atStart),
    afterQuote: all((marks) => marks.afterQuote),
    anywhere: all((marks) => marks.anywhere),
  };
  for (const text of Object.values(joined).flat())
    invariant(USABLE.test(text), `a mark that has only one form in JSON, not ${JSON.stringify(text)}`);
  for (const text of joined.anywhere)
    invariant(
      text.length >= ANYWHERE_MIN && text === text.toLowerCase(),
      `a mark of at least ${ANYWHERE_MIN} characters in lower case, not ${JSON.stringify(text)}`,
    );
  return joined;
}

/** All texts of `anywhere` are searched for at once, and the longer the shortest of them is, the faster this is. */
export const ANYWHERE_MIN = 4;

/** Other characters (such as `/`) have several forms in a JSON string, or can end a line or a string. */
const USABLE = /^[\t !#-.0-[\]-~]+$/;

export function markFinder(marks: LineMarks): (line: string) => boolean {
  const { atStart, afterQuote, anywhere } = joinMarks([marks]);
  const quoted = afterQuote.map((text) => `"${text}`);
  // eslint-disable-next-line no-restricted-syntax -- Called only with constants, while the program starts, and the pattern has no quantifier.
  const words = new RegExp(choice(anywhere), "i");
  return (line) =>
    words.test(line) ||
    quoted.some((text) => line.includes(text)) ||
    (!line.startsWith("{") && atStart.some((text) => line.startsWith(text)));
}

function choice(texts: readonly string[]): string {
  return texts.length === 0 ? "(?!)" : texts.map((text) => text.replace(/[$(-+.?[-^{-}]/g, "\\$&")).join("|");
}
