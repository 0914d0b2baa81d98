/**
 * A CSV of the console, of Logs Insights or of a spreadsheet. Each row is read like a JSON object with the names in the header. Without a
 * header, the columns are recognised by the values of the first row.
 */
import { isStreamName } from "../stream-name.ts";
import { LOG_LIMITS } from "./log-limits.ts";
import { parseInstant } from "./parse-instant.ts";
import { csvValues, CsvRows, type Separator } from "./csv-rows.ts";
import type { LineForm, LogLineReader } from "./form.ts";

const SEPARATORS: readonly Separator[] = [",", ";", "\t"];
const TIMES = ["timestamp", "time", "date", "tsns"];
const TEXTS = ["message", "content", "line", "body"];
/** The column names of Logs Insights, which writes times with a space. */
const INSIGHTS = { time: "@timestamp", text: "@message", stream: "@logStream", group: "@log" };
const CONSOLE = { time: "timestamp", text: "message", stream: "logStreamName", group: "logGroup" };

export const csv: LineForm = {
  begins: (line) => SEPARATORS.some((separator) => hasHead(line, separator) || isRow(line, separator)),
  reader(found) {
    let names: readonly string[] | null = null;
    let rows: CsvRows | null = null;
    const row = (values: readonly string[]): void => {
      if (values.length === 1 && values[0] === "") return;
      names ??= columnsOf(values);
      const value = Object.fromEntries((names ?? []).map((name, index) => [name, values[index] ?? ""]));
      if (names === null || values.length < names.length) found.lost(values.join(","));
      else found.value(value, {});
    };
    const reader: LogLineReader = {
      line(line) {
        if (rows !== null) return rows.line(line);
        const head = SEPARATORS.find((one) => hasHead(line, one));
        const separator = head ?? SEPARATORS.find((one) => isRow(line, one)) ?? ",";
        rows = new CsvRows(row, { separator, limit: LOG_LIMITS.eventBytes });
        if (head === undefined) rows.line(line);
        else names = csvValues(line, head).map((name) => name.trim());
      },
      finish: () => rows?.finish(),
    };
    return reader;
  },
};

/**
 * The first line of a result of Logs Insights counts as a header even if the column of the time or of the message is missing. So the
 * missing column is reported.
 */
function hasHead(line: string, separator: Separator): boolean {
  const names = csvValues(line, separator).map((name) => name.trim().replace(/^@/, "").toLowerCase());
  if (names.length > 1 && names.includes("logstream") && line.startsWith("@")) return true;
  return TIMES.some((name) => names.includes(name)) && TEXTS.some((name) => names.includes(name));
}

function isRow(line: string, separator: Separator): boolean {
  const [time = "", ...others] = csvValues(line, separator);
  if (others.length === 0 || parseInstant(time) === null) return false;
  const digits = /^\d{13}$/.test(time) && separator !== "\t";
  return digits || others.some(isStreamName) || line.slice(line.indexOf(separator) + 1).startsWith('"');
}

/** Returns null unless exactly one column can be the message. */
function columnsOf(values: readonly string[]): readonly string[] | null {
  const names = values[0]?.includes(" ") === true ? INSIGHTS : CONSOLE;
  const columns = values.map((value, index) => {
    if (index === 0) return names.time;
    if (isStreamName(value)) return names.stream;
    if (/^(?:\d{12}:)?\/aws\/lambda\/\S+$/.test(value)) return names.group;
    if (parseInstant(value) !== null) return "ingestionTime";
    return value === "" ? `empty ${index}` : names.text;
  });
  return columns.filter((name) => name === names.text).length === 1 ? columns : null;
}
