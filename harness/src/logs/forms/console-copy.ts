/**
 * Events that were copied from the CloudWatch console's page of one log stream, in the zone that the page showed. Tabs can have become
 * spaces. An expanded event appears twice. Other texts of the page appear before, between and after the events.
 */
import { INIT_LINES, REQUEST_LINES } from "../../words/platform-words.ts";
import type { LineForm } from "./form.ts";
import { isBetweenEvents, isPageText } from "./page-text.ts";
import { TimedEvents, type TimedForm } from "./timed-events.ts";
import { timedLine } from "./timed-line.ts";
import { parseJsonObject } from "../../base/json-object.ts";

const PLATFORM = new RegExp(`^(?:${[...INIT_LINES, ...REQUEST_LINES].join("|")}|EXTENSION\\s)`);

/**
 * In text format, Node.js begins a line with a time and then the request id, `undefined` or `-`. This expression matches what follows the
 * time. So if a copied line begins with a time and then matches, the line is a message, and its time is Node.js's and not the page's. The
 * message can be the second of the two copies that the page shows of an expanded event.
 */
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
  begins: isFirstRow,
  reader(found) {
    const events = new TimedEvents(COPY, found);
    return {
      line(text) {
        if (events.open ? !isBetweenEvents(text) : !isPageText(text)) events.line(text);
      },
      finish: () => events.finish(),
    };
  },
};

/** Excludes lines that start with a time and a request id (Node.js runtime), or with a time and a stream name. */
function isFirstRow(line: string): boolean {
  const head = timedLine(line.trimEnd());
  if (head === null || head.stream !== null) return false;
  return head.message === "" || (TIME_AND_TAB.test(line) && !ID.test(head.message));
}

function shownOnce(shown: string): string {
  const [first = "", ...others] = shown.trim().split("\n");
  if (others.length === 0) return withStack(first);
  if (PLATFORM.test(first) || parseJsonObject(first) !== null) return first;
  return firstHalf([first, ...others]) ?? shown.trim();
}

/** Matches before an exception class that is written twice. */
const CLASS_TWICE = /(?:^|: )(?=([\w$]+(?:\.[\w$]+)+) \1(?:: | at [\w$./]+\())/g;
const FRAME = / at [\w$./]+\(/g;

/**
 * A row of the page has all lines of a failure of Java's runtime in one line. This restores the line ends, because the failure is recognised
 * by them (docs/aws/runtime-logs.md#java). The last class that is written twice before a frame ends the first line.
 */
function withStack(line: string): string {
  const frames = [...line.matchAll(FRAME)];
  const lastFrame = frames.at(-1)?.index ?? -1;
  const classes = [...line.matchAll(CLASS_TWICE)].map(({ 0: before, 1: name = "", index }) => {
    const end = index + before.length + name.length;
    return { end, againEnd: end + 1 + name.length };
  });
  const found = classes.findLast(({ againEnd }) => againEnd <= lastFrame);
  const frame = frames.find(({ index }) => found !== undefined && index >= found.againEnd);
  if (found === undefined || frame === undefined) return line;
  const stack = line.slice(frame.index + 1).replaceAll(" at ", "\n\tat ");
  return `${line.slice(0, found.end)}\n${line.slice(found.end + 1, frame.index)}\n\t${stack}`;
}

/** Returns the first lines if the remaining lines repeat them, except for white space. Returns null if nothing is repeated. */
function firstHalf(lines: readonly string[]): string | null {
  const all = oneLine(lines.join(" "));
  const half = (all.length - 1) / 2;
  if (!Number.isInteger(half) || all.slice(0, half) !== all.slice(half + 1)) return null;
  let said = 0;
  for (const [index, line] of lines.entries()) {
    const { length } = oneLine(line);
    if (length > 0) said += length + (said === 0 ? 0 : 1);
    if (said === half)
      return lines
        .slice(0, index + 1)
        .join("\n")
        .trimEnd();
    if (said > half) return null;
  }
  return null;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
