/** What `longrun serve` says in a terminal: the lines that environments write into their logs, each with its time, function and environment. */
import { isoTime } from "../base/time.ts";
import type { WrittenLine } from "../engine/log-sink.ts";
import { painter } from "../report/text/paint.ts";
import { printableLines } from "../report/text/printable.ts";

/** The beginnings of Lambda's own lines, in text logs and in JSON logs (docs/aws/logs.md#platform-records). */
const PLATFORM =
  /^(?:(?:INIT_START|INIT_REPORT|START|END|REPORT|EXTENSION|TELEMETRY) |\{"time":"[^"]*","type":"platform\.)/;
/** As a REPORT line, a platform record or a runtime says that an invocation failed. */
const FAILED =
  /^REPORT .*Status: (?:error|timeout)|"status":"(?:error|failure|timeout)"|^\S+\t\S+\tERROR\t|^\[ERROR\]\s/;

export function serveLog(colour: boolean): (line: WrittenLine) => string {
  const paint = painter(colour);
  return ({ logGroup, logStream, time, message }) => {
    const text = printableLines(message.trimEnd());
    const tone = FAILED.test(message) ? "bad" : PLATFORM.test(message) ? "quiet" : null;
    const clock = isoTime(time).slice(11, 23);
    const source = `${logGroup.replace(/^\/aws\/lambda\//, "")} …${logStream.slice(-8)}`;
    return `${clock} ${paint("strong", source)}  ${tone === null ? text : paint(tone, text)}\n`;
  };
}
