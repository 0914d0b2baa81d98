/** One event with the member names of the CloudWatch API, or with the member names of tools that forward events. */
import { parseInstant } from "./parse-instant.ts";
import type { ObjectForm } from "./form.ts";
import { firstOf, groupOf, messageOf, textOf } from "./members.ts";
import type { JsonObject } from "../../base/json-object.ts";

const STREAM = ["logStreamName", "logStream", "log_stream"];

export const cloudwatchEvent: ObjectForm = {
  read({ value, envelope }, found) {
    const timestamp = parseInstant(firstOf(value, ["timestamp", "time"]));
    const message = messageOf(value["message"]);
    if (timestamp === null || message === null || !isFromCloudWatch(value, envelope)) return false;
    const id = firstOf(value, ["eventId", "id"]);
    found.event({
      logGroup: groupOf(value, envelope),
      logStreamName: textOf(value, STREAM) ?? textOf(envelope, STREAM),
      timestamp,
      message,
      ingestionTime: parseInstant(value["ingestionTime"]),
      eventId: typeof id === "string" && id !== "" ? id : null,
    });
    return true;
  },
};

/** Any logging library writes time and message, so another member must show that the event comes from CloudWatch. */
function isFromCloudWatch(value: JsonObject, envelope: JsonObject | null): boolean {
  return (
    envelope !== null || textOf(value, STREAM) !== null || "ingestionTime" in value || "eventId" in value
  );
}
