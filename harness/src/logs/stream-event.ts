/** One decoded event of a log stream, without its text. */
import type { LogRecord } from "../record/log-record.ts";
import type { RecordPosition } from "../record/record-order.ts";
import { REQUEST_LINES } from "../words/platform-words.ts";
import { parseJsonObject, type JsonObject } from "../base/json-object.ts";
import { parseErrorLine, type RuntimeErrorLine } from "./parse-error-line.ts";
import { parseLifecycleText, parseLifecycleObject, type LifecycleEvent } from "./parse-lifecycle-line.ts";
import { mayBeNeeded } from "./needed-line.ts";
import { parsePlatformLine, unneededLine } from "./parse-platform-line.ts";
import { parsePlatformRecord, unneededRecord } from "./parse-platform-record.ts";
import type { PlatformEvent } from "./platform-event.ts";
import { unbrokenLine } from "./unbroken-line.ts";
import { subjectOfUnread, type UnreadSubject } from "./unread-line.ts";

export interface StreamEvent extends RecordPosition {
  /** The event id, or, without ids, the millisecond and the text. An event that was read twice has one identity. */
  readonly identity: string;
  readonly said: DecodedMessage;
  /** The beginning of the text if it could not be read (`said.kind` is `unknown`), else null. */
  readonly example: string | null;
}

const EXAMPLE_CHARACTERS = 120;

/** `key` returns a number or a text that identifies a message among others. */
export function streamEvent(
  { timestamp, ingestionTime, eventId, message }: Omit<LogRecord, "logGroup" | "logStreamName">,
  key: (message: string) => number | string,
): StreamEvent {
  const said = decodeMessage(message);
  return {
    timestamp,
    ingestionTime,
    eventId,
    // Application lines of the same millisecond have one identity. Each shows the same thing: that the environment was alive at that time.
    identity: eventId ?? (said.kind === "application" ? `${timestamp}` : `${timestamp} ${key(message)}`),
    said,
    example: said.kind === "unknown" ? message.trim().slice(0, EXAMPLE_CHARACTERS) : null,
  };
}

export function ownTime({ said, timestamp }: StreamEvent): number {
  return said.kind === "lifecycle" ? (said.line.time ?? timestamp) : timestamp;
}

export type DecodedMessage =
  | { readonly kind: "platform"; readonly platform: PlatformEvent }
  | { readonly kind: "lifecycle"; readonly line: LifecycleEvent }
  | { readonly kind: "error"; readonly error: RuntimeErrorLine }
  | { readonly kind: "application" }
  | { readonly kind: "unknown"; readonly about?: UnreadSubject };

const APPLICATION: DecodedMessage = { kind: "application" };
const PLATFORM_LOOK = new RegExp(
  String.raw`^(?:${REQUEST_LINES.join("|")})|^(?:INIT|RESTORE)_REPORT\b|^\s*\{\s*"time"\s*:\s*"[^"]*"\s*,\s*"type"\s*:\s*"platform\.`,
);

/**
 * Decodes the text of one log event. Never throws. `unknown` is a platform or lifecycle line that cannot be read. Nothing is concluded from
 * such a line.
 */
export function decodeMessage(message: string): DecodedMessage {
  if (message.startsWith("{")) {
    const unneeded = unneededRecord(message);
    if (unneeded !== null) return { kind: "platform", platform: unneeded };
    if (!mayBeNeeded(message)) return APPLICATION;
    const value = parseJsonObject(message);
    if (value !== null) return decodeObject(message, value);
    if (PLATFORM_LOOK.test(message) || message.includes('"longrun"')) return unread(message);
    return errorOr(message, null);
  }
  const unneeded = unneededLine(message);
  if (unneeded !== null) return { kind: "platform", platform: unneeded };
  const broken = message.trimEnd().includes("\n") ? unbrokenLine(message) : null;
  if (broken !== null) return decodeMessage(broken);
  if (!mayBeNeeded(message)) return APPLICATION;
  const platform = parsePlatformLine(message);
  if (platform !== null) return { kind: "platform", platform };
  const line = parseLifecycleText(message);
  if (line !== null) return { kind: "lifecycle", line };
  return PLATFORM_LOOK.test(message) ? unread(message) : errorOr(message, null);
}

function errorOr(text: string, object: JsonObject | null): DecodedMessage {
  const error = parseErrorLine({ text, object });
  return error === null ? APPLICATION : { kind: "error", error };
}

function unread(message: string): DecodedMessage {
  const about = subjectOfUnread(message);
  return about === null ? { kind: "unknown" } : { kind: "unknown", about };
}

function decodeObject(text: string, value: JsonObject): DecodedMessage {
  const type = value["type"];
  if (typeof type === "string" && type.startsWith("platform.") && "record" in value) {
    const platform = parsePlatformRecord(value);
    return platform === null ? unread(text) : { kind: "platform", platform };
  }
  const line = parseLifecycleObject(value);
  if (line !== null) return { kind: "lifecycle", line };
  return errorOr(text, value);
}
