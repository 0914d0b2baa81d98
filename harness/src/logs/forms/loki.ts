/**
 * Logs that were forwarded to Grafana Loki: the answer of its API, `logcli query -o jsonl`, or a download of Grafana's Explore. The log
 * stream is kept only as a label (lambda-promtail with KEEP_STREAM=true); the CSV that Explore downloads has no labels. Times are
 * nanoseconds.
 * https://grafana.com/docs/loki/latest/reference/loki-http-api/,
 * https://github.com/grafana/grafana/blob/main/public/app/features/logs/utils.ts
 */
import { parseInstant } from "./parse-instant.ts";
import { GOOD_EXPORT, type Found, type ObjectForm } from "./form.ts";
import { firstOf, messageOf, streamAndGroupIn } from "./members.ts";
import { isJsonObject, jsonOf, parseJson, type JsonObject } from "../../base/json-object.ts";

export const LOKI_WITHOUT_STREAM = {
  found: "lines of Loki without a label that names their log stream",
  hint: `lambda-promtail keeps the stream with KEEP_STREAM=true and a relabel rule; export as JSON, which has the labels. Or, from CloudWatch: ${GOOD_EXPORT}`,
};

export const loki: ObjectForm = {
  read({ value, text }, found) {
    const data = value["data"];
    if (isJsonObject(data) && Array.isArray(data["result"])) {
      for (const one of data["result"] as readonly unknown[]) found.value(one, null);
      return true;
    }
    const { stream, values } = value;
    if (isJsonObject(stream) && Array.isArray(values)) {
      for (const one of values as readonly unknown[]) entry(stream, one, found);
      return true;
    }
    const line = messageOf(firstOf(value, ["line", "Line"]));
    const time = firstOf(value, ["tsNs", "timestamp", "date", "Date", "Time"]);
    if (line === null || time === undefined) return false;
    give(labelsOf(firstOf(value, ["labels", "fields"])), parseInstant(time), line, text, found);
    return true;
  },
};

function entry(labels: JsonObject, one: unknown, found: Found): void {
  const [time, line, more] = Array.isArray(one) ? (one as readonly unknown[]) : [];
  const all = isJsonObject(more) ? { ...labels, ...more } : labels;
  give(all, parseInstant(time), messageOf(line), jsonOf(one) ?? "", found);
}

function give(
  labels: JsonObject,
  timestamp: number | null,
  message: string | null,
  text: string,
  found: Found,
): void {
  if (timestamp === null || message === null) return found.lost(text);
  const { stream, group } = streamAndGroupIn(labels);
  found.row(
    { logGroup: group, logStreamName: stream, timestamp, message, ingestionTime: null, eventId: null },
    LOKI_WITHOUT_STREAM,
  );
}

/** The labels are an object or a text. The text is JSON in the CSV of Grafana's inspector, and `{name="value"}` from logcli. */
function labelsOf(labels: unknown): JsonObject {
  if (isJsonObject(labels)) return labels;
  if (typeof labels !== "string") return {};
  const value = parseJson(labels);
  if (isJsonObject(value)) return value;
  return Object.fromEntries(
    [...labels.matchAll(/(?<!\w)(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, text]) => [
      name ?? "",
      text ?? "",
    ]),
  );
}
