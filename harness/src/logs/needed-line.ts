/**
 * Decides whether a judgement may need a log line: a line of the platform, of the function's lifecycle, or one that could speak of a failure
 * (error-shape.ts). Other lines are not parsed.
 */
import { INIT_LINES, REQUEST_LINES, RESTORE_LINES } from "../words/platform-words.ts";
import { ALTERED_TEXTS } from "./altered-console.ts";
import { ERROR_TEXTS, GLOG_STARTS } from "./error-shape.ts";
import { joinMarks, markFinder, type LineMarks } from "./line-marks.ts";

const PLATFORM_MARKS: LineMarks = {
  atStart: [...INIT_LINES, ...RESTORE_LINES, ...REQUEST_LINES, "IMAGE", "RequestId: "],
  afterQuote: ["platform."],
};

const LIFECYCLE_MARKS: LineMarks = { afterQuote: ["longrun"] };

export const ALL_MARKS = joinMarks([
  PLATFORM_MARKS,
  LIFECYCLE_MARKS,
  { atStart: GLOG_STARTS },
  // Red text whose escape character was lost: the colour can begin or end inside a word.
  { anywhere: [...ERROR_TEXTS, ...ALTERED_TEXTS, "[31m", ";31m", "[91m", ";91m", "[m[k"] },
]);

/**
 * The marks of a complete line in Lambda's JSON format whose level is INFO. This level proves that the line is not about a failure, unless
 * something changed the function's console.
 */
export const INFO_MARKS = joinMarks([
  PLATFORM_MARKS,
  LIFECYCLE_MARKS,
  // Go's client writes its error at level INFO if the program made a JSON logger the default.
  { anywhere: [...ALTERED_TEXTS.filter((text) => text !== "[log]"), "errormessage", "lambda_warning"] },
]);

const hasMark = markFinder(ALL_MARKS);
/** The level as a number other than 10, 20 and 30, which are below error in every logger. */
const LEVEL_NUMBER = /"level\\?"[ :]*(?![123]0(?!\d))\d/;

export function mayBeNeeded(line: string): boolean {
  return hasMark(line) || mayHideMark(line) || LEVEL_NUMBER.test(line);
}

/** A line end or a colour can be inside a mark, an escape can hide one, and the part that was cut off an object can have had one. */
function mayHideMark(line: string): boolean {
  if (/^\s/.test(line) || /\u001b|\\[nru]/.test(line)) return true;
  const text = line.trimEnd();
  return /[\r\n]/.test(text) || (text.startsWith("{") && !text.endsWith("}"));
}
