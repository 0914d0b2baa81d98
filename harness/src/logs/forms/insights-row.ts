/**
 * A row of Logs Insights: `[{"field":"@timestamp","value":"…"}, …]`, or an object or CSV row with names such as `@timestamp`. Rows of one
 * millisecond come in any order. `@ptr` does not show the order, so it is not used as an event id.
 */
import { parseInstant } from "./parse-instant.ts";
import { GOOD_EXPORT, type ObjectForm, type Remedy } from "./form.ts";
import { messageOf, textOf } from "./members.ts";
import { isJsonObject } from "../../base/json-object.ts";

const QUERY = `Query: fields @timestamp, @message, @logStream, @log | sort @timestamp asc | limit 10000. Or, without a limit: ${GOOD_EXPORT}`;
const NO_STREAM: Remedy = { found: "rows of Logs Insights that do not name their @logStream", hint: QUERY };
const NO_EVENT: Remedy = { found: "rows of Logs Insights without @timestamp and @message", hint: QUERY };

const NAMES = ["@timestamp", "@message", "@logStream", "@log", "@ptr"];

export const insightsRow: ObjectForm = {
  read({ value, text }, found) {
    if (!NAMES.some((name) => name in value)) return false;
    const timestamp = parseInstant(value["@timestamp"]);
    const message = messageOf(value["@message"]);
    if (timestamp === null || message === null) {
      found.lost(text, NO_EVENT);
      return true;
    }
    const event = {
      logGroup: textOf(value, ["@log"]),
      logStreamName: textOf(value, ["@logStream"]),
      timestamp,
      message,
      ingestionTime: parseInstant(value["@ingestionTime"]),
      eventId: null,
    };
    found.row(event, NO_STREAM);
    return true;
  },
};

/** Turns a row of `aws logs get-query-results` into an object. Other values stay as they are. */
export function withFields(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value;
  const fields = (value as readonly unknown[]).filter(isJsonObject);
  if (fields.length < value.length || fields.some(({ field }) => typeof field !== "string")) return value;
  return Object.fromEntries(fields.map(({ field, value: of }) => [field as string, of]));
}
