/**
 * The output of `awslogs get`: `GROUP STREAM [TIME] [INGESTED] MESSAGE`. Without --timestamp it has no times. Then a JSON message
 * that contains its own time can be read, and a text line cannot be read.
 * https://github.com/jorgebastida/awslogs/blob/master/awslogs/core.py
 */
import { timeInMessage } from "./bare-line.ts";
import { GOOD_EXPORT, type LineForm, type Remedy } from "./form.ts";
import { streamFirstLine } from "./stream-first-line.ts";
import { TimedEvents, uncoloured, type TimedForm, type TimedHead } from "./timed-events.ts";

const NO_TIME: Remedy = {
  found: "lines of awslogs without their times",
  hint: `awslogs get GROUP --timestamp prints them. Or: ${GOOD_EXPORT}`,
};

const AWSLOGS: TimedForm = {
  head,
  message: (shown) => uncoloured(shown).trimEnd(),
};

export const awslogs: LineForm = {
  begins: (line) => head(line) !== null,
  reader: (found) => new TimedEvents(AWSLOGS, found),
};

function head(line: string): TimedHead | null {
  const first = streamFirstLine(line);
  if (first === null) return null;
  return { ...first, timestamp: first.timestamp ?? timeInMessage(first.message), remedy: NO_TIME };
}
