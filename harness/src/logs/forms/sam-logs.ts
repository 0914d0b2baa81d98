/**
 * The output of `sam logs`: `STREAM TIME MESSAGE`, with colours on a terminal. The time is UTC. JSON messages are printed over several
 * lines, and --include-traces adds X-Ray events.
 * https://github.com/aws/aws-sam-cli/blob/develop/samcli/lib/observability/cw_logs/cw_log_formatters.py
 */
import type { LineForm } from "./form.ts";
import { streamFirstLine } from "./stream-first-line.ts";
import { TimedEvents, uncoloured, type TimedForm, type TimedHead } from "./timed-events.ts";

const SAM: TimedForm = {
  head,
  aside: (line) => /^(?:XRay Event |New XRay Service Graph)/.test(uncoloured(line)),
  message: (shown) => uncoloured(shown).trimEnd(),
};

export const samLogs: LineForm = {
  begins: (line) => head(line)?.group === null,
  reader: (found) => new TimedEvents(SAM, found),
};

function head(line: string): TimedHead | null {
  const first = streamFirstLine(line);
  return first === null || first.timestamp === null ? null : { ...first, remedy: null };
}
