/**
 * Decides which log lines a judgement may need, by marks: those of the platform's lines and of lifecycle lines, which are declared here, and
 * those of the runtime families (runtimes/). Other lines are lines of the application and are not parsed. Log files are skimmed with the same
 * marks (adapters/log-formats/skim).
 */
import { RUNTIME_MARKS } from "../runtimes/all-runtimes.ts";
import { joinMarks, markFinder, type LineMarks } from "../runtimes/line-marks.ts";

/** The marks of the platform's lines and records (parse-platform-line.ts, parse-platform-record.ts). */
const PLATFORM_MARKS: LineMarks = {
  atStart: [
    ...["INIT_START", "INIT_REPORT", "RESTORE_START", "RESTORE_REPORT", "IMAGE"],
    ...["START RequestId:", "END RequestId:", "REPORT RequestId:", "RequestId: "],
    ...["Unknown application error", "[ERROR]"],
  ],
  afterId: ["Task timed out after"],
  afterQuote: ["platform."],
};

/** The mark of lifecycle lines (parse-lifecycle-line.ts). */
const LIFECYCLE_MARKS: LineMarks = { afterQuote: ["longrun"] };

export const ALL_MARKS = joinMarks([PLATFORM_MARKS, LIFECYCLE_MARKS, ...RUNTIME_MARKS]);

const hasMark = markFinder(ALL_MARKS);

/** In a JSON object, an escape such as `\u006c` could hide a mark. */
export function mayBeNeeded(line: string): boolean {
  return hasMark(line) || (line.startsWith("{") && line.includes("\\u"));
}
