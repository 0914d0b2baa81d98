/**
 * Events selected and copied from the CloudWatch console's page of one log stream: the time on a line of its own or before a tab, with the
 * zone that the page showed; tabs of a message may have become spaces. An event that was expanded stands there twice, a JSON message a second
 * time over several lines. The page's own words stand around the events.
 */
import type { LineForm } from "./form.ts";
import { TimedEvents, type TimedForm } from "./timed-events.ts";
import { timedLine } from "./timed-line.ts";
import { parseJsonObject } from "../../../domain/json-object.ts";

const PAGE_ABOVE =
  /^\s*(?:Back to top|Log events|You can use the filter bar below.*|Timestamp(?:\s*\|?\s*Message)?|Message|No older events at this moment.*|There are older events to load.*)\s*$/;
const PAGE_BETWEEN =
  /^\s*(?:Copy|Retry|Resume|Timestamp(?:\s*\|?\s*Message)?|Message|(?:No|There are) (?:older|newer) events .*|Auto retry paused.*|Load more\.?|\d+ events loaded)\s*$/;
const PLATFORM = /^(?:INIT_START|INIT_REPORT|START RequestId:|END RequestId:|REPORT RequestId:|EXTENSION\s)/;

/** What the runtime of Node.js writes behind a time of its own: such a line is a message, or its second showing. */
const ID = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|undefined|-)[\t ]/;

const TIME_AND_TAB = /^[\d T:.,Z+-]+\t/;

const COPY: TimedForm = {
  head(line, awaited) {
    const head = timedLine(line.trimEnd());
    if (head === null || (head.message !== "" && (awaited || ID.test(head.message)))) return null;
    return { ...head, remedy: null };
  },
  message: shownOnce,
};

export const consoleCopy: LineForm = {
  begins: (line) => PAGE_ABOVE.test(line) || isFirstRow(line),
  reader(found) {
    const events = new TimedEvents(COPY, found);
    return {
      line(text) {
        // Above the first event stands the page.
        if (PAGE_BETWEEN.test(text) || (!events.open && !isTimed(text))) return;
        events.line(text);
      },
      finish: () => events.finish(),
    };
  },
};

function isTimed(line: string): boolean {
  return timedLine(line) !== null;
}

/** Only a time, or a time and a tab; what the runtime of Node.js writes, and a line with the name of a stream, are something else. */
function isFirstRow(line: string): boolean {
  const head = timedLine(line.trimEnd());
  if (head === null || head.stream !== null) return false;
  return head.message === "" || (TIME_AND_TAB.test(line) && !ID.test(head.message));
}

/** A message without its second showing. */
function shownOnce(shown: string): string {
  const [first = "", ...others] = shown.trim().split("\n");
  if (others.length === 0) return withStack(first);
  if (PLATFORM.test(first) || parseJsonObject(first) !== null) return first;
  return firstHalf([first, ...others]) ?? shown.trim();
}

/** A row that was not expanded is one line. Java's runtime line is known by its line ends, so they are put back (docs/aws/runtime-logs.md#java). */
const JAVA = /^((?:.*: )?([\w$]+(?:\.[\w$]+)+)) (\2(?:: .*?)?) (?=at [\w$./]+\()/;

function withStack(line: string): string {
  const match = JAVA.exec(line);
  if (match === null) return line;
  const frames = line.slice(match[0].length).replaceAll(" at ", "\n\tat ");
  return `${match[1]}\n${match[3]}\n\t${frames}`;
}

/** The lines up to where what follows says the same again, blanks aside; null: nothing is said twice. */
function firstHalf(lines: readonly string[]): string | null {
  const all = oneLine(lines.join(" "));
  const half = (all.length - 1) / 2;
  if (!Number.isInteger(half) || all.slice(0, half) !== all.slice(half + 1)) return null;
  let said = "";
  for (const [index, line] of lines.entries()) {
    said = oneLine(`${said} ${line}`);
    if (said.length === half)
      return lines
        .slice(0, index + 1)
        .join("\n")
        .trimEnd();
    if (said.length > half) return null;
  }
  return null;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
