/** One file of a function's logs to log events. */
import type { LogEvent } from "../../logs/log-event.ts";
import { logEventOf } from "./parse-log-event.ts";
import type { ApplicationSink } from "./log-text.ts";
import { readValues, type Unreadable } from "./read-values.ts";

const FORMS =
  "What can be read: JSON lines or the output of aws logs filter-log-events (json or text), the export to S3, lines of aws logs tail, the console's CSV; all of it gzip too.";

export function readLogFile(
  source: string,
  bytes: AsyncIterable<Buffer>,
  take: (event: LogEvent) => void,
  application: ApplicationSink,
): Promise<Unreadable | null> {
  const taken = (event: LogEvent | null): boolean => {
    if (event !== null) take(event);
    return event !== null;
  };
  return readValues(source, bytes, {
    what: "logs of a Lambda function",
    hint: (example) =>
      looksLikePeerLog(example) ? "It looks like the peer's log: give it with --peer-log." : FORMS,
    object: (value, text, envelope) => taken(logEventOf(value, text, envelope)),
    event: taken,
    application,
  });
}

function looksLikePeerLog(example: string | null): boolean {
  return example !== null && /"event":\s*"(?:ready|accepted|refused|queued|request|closed)"/.test(example);
}
