/** Decides by marks in the text whether a judgement may need a log line. Lines without a mark are not parsed. */
import { INIT_LINES, REQUEST_LINES, RESTORE_LINES } from "../domain/platform-words.ts";
import { RUNTIME_MARKS } from "../runtimes/all-runtimes.ts";
import { joinMarks, markFinder, type LineMarks } from "../runtimes/line-marks.ts";

const PLATFORM_MARKS: LineMarks = {
  atStart: [
    ...[...INIT_LINES, ...RESTORE_LINES, ...REQUEST_LINES],
    ...["IMAGE", "RequestId: ", "Unknown application error", "[ERROR]"],
  ],
  afterId: ["Task timed out after"],
  afterQuote: ["platform."],
};

const LIFECYCLE_MARKS: LineMarks = { afterQuote: ["longrun"] };

export const ALL_MARKS = joinMarks([PLATFORM_MARKS, LIFECYCLE_MARKS, ...RUNTIME_MARKS]);

const hasMark = markFinder(ALL_MARKS);

/** In a JSON object, an escape such as `\u006c` could hide a mark. */
export function mayBeNeeded(line: string): boolean {
  return hasMark(line) || (line.startsWith("{") && line.includes("\\u"));
}
