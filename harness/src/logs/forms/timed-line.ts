/** A line that begins with a time: `ISO message` (the export to S3) or `ISO stream message` (`aws logs tail`). */
import { isCutStreamName, streamAtStart } from "../stream-name.ts";
import { parseIsoInstant, TIME_AT_START } from "./parse-instant.ts";
import { GOOD_EXPORT, type Remedy } from "./form.ts";
import { uncoloured, type TimedForm, type TimedHead } from "./timed-events.ts";

const SHORT_TAIL: Remedy = {
  found: "lines of aws logs tail --format short, which name no log stream",
  hint: `Without --format short each line names its stream. Or: ${GOOD_EXPORT}`,
};

export const timedLines: TimedForm = {
  head: (line) => timedLine(line.startsWith("\u001b[") ? uncoloured(line) : line),
};

/** Returns null if the line does not begin with a time. */
export function timedLine(line: string): TimedHead | null {
  const match = TIME_AT_START.exec(line);
  const timestamp = match === null ? null : parseIsoInstant(match[1] ?? "");
  if (match === null || timestamp === null) return null;
  const rest = line.slice(match[0].length).replace(/^[\t ,]+/, "");
  const stream = streamAtStart(rest);
  const short = line[10] === "T" && match[4] === undefined && match[5] === undefined && stream === null;
  return {
    timestamp: isCutStreamName(rest) ? null : timestamp,
    group: null,
    stream,
    message: stream === null ? rest : rest.slice(stream.length).replace(/^[\t ]/, ""),
    remedy: short && rest !== "" ? SHORT_TAIL : null,
  };
}
