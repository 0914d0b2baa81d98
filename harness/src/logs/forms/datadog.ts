/**
 * Logs that were forwarded to Datadog: the answer of its search API, or the CSV export of its explorer. The log stream is in the attribute
 * `aws.awslogs.logStream`. If Datadog has parsed a JSON message, the message itself is lost. https://docs.datadoghq.com/api/latest/logs/,
 * https://docs.datadoghq.com/logs/explorer/export/
 */
import { parseInstant } from "./parse-instant.ts";
import { GOOD_EXPORT, type ObjectForm, type Remedy } from "./form.ts";
import { firstOf, groupOf, streamAndGroupIn, textOf } from "./members.ts";
import { isJsonObject, type JsonObject } from "../../base/json-object.ts";

const NO_STREAM: Remedy = {
  found: "logs of Datadog that do not name their log stream",
  hint: `Add the column @aws.awslogs.logStream before the export, or take the JSON of the search API. Or, from CloudWatch: ${GOOD_EXPORT}`,
};
const NO_MESSAGE: Remedy = {
  found: "logs of Datadog without the text of their events",
  hint: `Datadog parses JSON messages and does not keep their text. From CloudWatch: ${GOOD_EXPORT}`,
};

const MESSAGE = ["message", "Message", "Content", "content"];

export const datadog: ObjectForm = {
  read({ value, text }, found) {
    const list = value["data"];
    if (Array.isArray(list) && list.some(isLog)) {
      for (const one of list as readonly unknown[]) found.value(one, null);
      return true;
    }
    const attributes = isLog(value) ? (value["attributes"] as JsonObject) : isRow(value) ? value : null;
    if (attributes === null) return false;
    const timestamp = parseInstant(firstOf(attributes, ["timestamp", "Date", "date"]));
    const message = textOf(attributes, MESSAGE);
    if (timestamp === null || message === null) {
      found.lost(text, NO_MESSAGE);
      return true;
    }
    found.row(
      { ...streamAndGroupOf(attributes), timestamp, message, ingestionTime: null, eventId: null },
      NO_STREAM,
    );
    return true;
  },
};

function isLog(value: unknown): value is JsonObject {
  return isJsonObject(value) && value["type"] === "log" && isJsonObject(value["attributes"]);
}

function isRow(value: JsonObject): boolean {
  return "Date" in value && ("Host" in value || "Service" in value);
}

function streamAndGroupOf(attributes: JsonObject): {
  readonly logGroup: string | null;
  readonly logStreamName: string | null;
} {
  const own = attributes["attributes"];
  const aws = isJsonObject(own) && isJsonObject(own["aws"]) ? own["aws"]["awslogs"] : undefined;
  if (isJsonObject(aws)) return { logGroup: groupOf(aws), logStreamName: textOf(aws, ["logStream"]) };
  // The message is left out, because it can contain names of log streams and log groups, too.
  const columns = Object.entries(attributes).filter(([name]) => !MESSAGE.includes(name));
  const { group, stream } = streamAndGroupIn(Object.fromEntries(columns));
  return { logGroup: group, logStreamName: stream };
}
