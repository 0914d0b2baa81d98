/** A JSON line of the platform, a runtime or the function, without any text around it. It contains its own time. */
import { parseInstant } from "./parse-instant.ts";
import type { ObjectForm } from "./form.ts";
import { groupOf, textOf } from "./members.ts";
import { isJsonObject, parseJson, type JsonObject } from "../../base/json-object.ts";

export const bareLine: ObjectForm = {
  read({ value, text, envelope }, found) {
    const timestamp = ownTime(value);
    if (timestamp === null) return false;
    found.event({
      logGroup: envelope === null ? null : groupOf(envelope),
      logStreamName: textOf(envelope, ["logStream", "logStreamName"]),
      timestamp,
      message: text,
      ingestionTime: null,
      eventId: null,
    });
    return true;
  },
};

/** Returns the time in a JSON line of the platform, a runtime or the function. Null for any other message. */
export function timeInMessage(message: string): number | null {
  const value = message.startsWith("{") ? parseJson(message) : undefined;
  return isJsonObject(value) ? ownTime(value) : null;
}

function ownTime(value: JsonObject): number | null {
  const type = value["type"];
  const platform =
    typeof type === "string" && type.startsWith("platform.") && typeof value["record"] === "object";
  // Some versions of Python's client write `log_level` and no message. Go's slog writes `time` and `msg`. Rust's tracing writes `fields`.
  const application =
    typeof (value["level"] ?? value["log_level"]) === "string" &&
    typeof (value["timestamp"] ?? value["time"]) === "string" &&
    SAID.some((name) => name in value);
  const lifecycle = value["longrun"] === 1;
  return platform || application || lifecycle ? parseInstant(value["time"] ?? value["timestamp"]) : null;
}

const SAID = ["message", "msg", "fields", "errorType"] as const;
