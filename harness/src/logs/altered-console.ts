/**
 * Recognises that something changed Node's console, through which Node's client writes the line for a failed invocation
 * (docs/aws/runtime-logs.md#node). Then this line can look like any other line of the function. Other clients do not write through their
 * language's logger.
 */
import { withoutColours } from "./error-shape.ts";

/** The texts without which no line shows this (needed-line.ts). */
export const ALTERED_TEXTS: readonly string[] = [
  ...["dd.trace_id", "[log]", "invoke error", "unhandled promise rejection", "uncaught exception"],
];

/** Datadog's layer writes this in front of everything that goes through the console (datadog-lambda-js, `patchConsole`). */
const TRACE_IDS =
  /^(?:\d{4}-\d\d-\d\dT[\d:.]+Z\s+\S+\s+[A-Z]+\s+|\{[^\r\n]{0,400}?"message"\s?:\s?")?\[dd\.trace_id=\d+ dd\.span_id=\d+\]/;
/** console-stamp's default: date and time, then the console's method (`[25.11.2026 01:02.03.456] [LOG]`). */
const STAMP = /^(?:\d{4}-\d\d-\d\dT[\d:.]+Z\s+\S+\s+[A-Z]+\s+)?\[\d\d?\.\d\d?\.\d{4} [\d:.]{5,14}\] \[LOG\]/;
/** The client's labels, with the thrown value behind them, or with nothing if a logger dropped it. */
const LABELS = "(?:Invoke Error|Unhandled Promise Rejection|Uncaught Exception)";
const LABEL = new RegExp(`${LABELS}(?:\\s|\\\\[nrt]){0,8}(?:\\\\?["{[]|$|"\\})`);
/** The client's own place for a label: behind time, id and level. */
const UNCHANGED = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z?\\s*[0-9A-Za-z-]{1,64}?\\s*ERROR\\s*${LABELS}`);

export function showsAlteredConsole(message: string): boolean {
  const text = withoutColours(message).trimEnd();
  return TRACE_IDS.test(text) || STAMP.test(text) || (LABEL.test(text) && !UNCHANGED.test(text));
}
