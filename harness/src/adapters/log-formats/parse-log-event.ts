/**
 * One log event as exports write it, by whatever names: CloudWatch's own, those of Logs Insights (`@message`), of a subscription
 * (`id`, with group and stream in the envelope), or a bare JSON log line of the platform or of a runtime. Null: no log event.
 */
import type { LogEvent } from "../../logs/log-event.ts";

type Members = Readonly<Record<string, unknown>>;

const GROUP = ["logGroup", "logGroupName", "log_group", "@log"];
const STREAM = ["logStreamName", "logStream", "log_stream", "@logStream"];
const TIME = ["timestamp", "@timestamp", "time"];
const MESSAGE = ["message", "@message"];

/** `text` is the value as it stood in the file; `envelope` what stood around it. */
export function logEventOf(value: Members, text: string, envelope: Members | null): LogEvent | null {
  const bare = bareLine(value, text);
  if (bare !== null)
    return {
      ...bare,
      logGroup: groupIn(envelope),
      logStreamName: textIn(envelope, STREAM),
      ingestionTime: null,
      eventId: null,
    };
  const timestamp = instant(firstOf(value, TIME));
  const message = firstOf(value, MESSAGE);
  if (timestamp === null || message === undefined || message === null) return null;
  if (!isFromCloudWatch(value, envelope)) return null;
  const id = value["eventId"] ?? value["id"] ?? value["@ptr"];
  return {
    logGroup: groupIn(value) ?? groupIn(envelope),
    logStreamName: textIn(value, STREAM) ?? textIn(envelope, STREAM),
    timestamp,
    // Exporters that understand JSON turn a message into an object.
    message: typeof message === "string" ? message : JSON.stringify(message),
    ingestionTime: instant(value["ingestionTime"]),
    eventId: typeof id === "string" && id !== "" ? id : null,
  };
}

/** A line of the platform or of a runtime in JSON format, without anything around it. */
function bareLine(value: Members, text: string): Pick<LogEvent, "timestamp" | "message"> | null {
  const type = value["type"];
  const platform =
    typeof type === "string" && type.startsWith("platform.") && typeof value["record"] === "object";
  const application =
    typeof value["level"] === "string" && typeof value["timestamp"] === "string" && "message" in value;
  const lifecycle = value["longrun"] === 1;
  if (!platform && !application && !lifecycle) return null;
  const timestamp = instant(value["time"] ?? value["timestamp"]);
  return timestamp === null ? null : { timestamp, message: text };
}

/** Any logging library writes time and message: only what also names a place in CloudWatch, or came in its answer, is an event. */
function isFromCloudWatch(value: Members, envelope: Members | null): boolean {
  return (
    envelope !== null ||
    textIn(value, STREAM) !== null ||
    "ingestionTime" in value ||
    "@message" in value ||
    "eventId" in value
  );
}

function firstOf(value: Members, names: readonly string[]): unknown {
  for (const name of names) if (value[name] !== undefined) return value[name];
  return undefined;
}

function textIn(value: Members | null, names: readonly string[]): string | null {
  const found = value === null ? undefined : firstOf(value, names);
  return typeof found === "string" && found !== "" ? found : null;
}

/** Logs Insights writes `123456789012:/aws/lambda/name`. */
function groupIn(value: Members | null): string | null {
  return textIn(value, GROUP)?.replace(/^\d{12}:/, "") ?? null;
}

/** Epoch milliseconds, as a number or its digits, or an ISO time; Logs Insights leaves the T and the Z out and means UTC. */
function instant(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) && value >= 0 ? value : null;
  if (typeof value !== "string") return null;
  if (/^\d{10,15}$/.test(value)) return Number(value);
  const bare = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)$/.exec(value);
  const time = Date.parse(bare === null ? value : `${bare[1]}T${bare[2]}Z`);
  return Number.isNaN(time) ? null : time;
}
