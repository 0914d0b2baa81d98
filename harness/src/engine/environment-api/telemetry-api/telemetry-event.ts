/** The events of the Telemetry API (docs/aws/extensions.md#telemetry-api): platform events of every log level, and process output. */
import { epochMs, isoTime } from "../../../base/time.ts";
import { platformRecord } from "../../environment-log/log-format.ts";
import type { EmittedEvent } from "../../environment-log/emitted-event.ts";
import type { SchemaVersion, TelemetryType } from "./subscription-request.ts";

export interface TelemetryEvent {
  readonly category: TelemetryType;
  /** The type of the event, for example `platform.start`. */
  readonly type: string;
  readonly atMs: number;
  readonly record: Readonly<Record<string, unknown>> | string;
  /** True for a line of a function with JSON logs. If such a line is JSON, it is sent as JSON, except in the oldest schema. */
  readonly mayBeJson: boolean;
}

export function platformTelemetry(event: EmittedEvent, atMs: number): TelemetryEvent {
  return {
    category: "platform",
    type: `platform.${event.type}`,
    atMs,
    record: platformRecord(event),
    mayBeJson: false,
  };
}

export function lineTelemetry(
  category: "function" | "extension",
  line: string,
  atMs: number,
  mayBeJson: boolean,
): TelemetryEvent {
  return { category, type: category, atMs, record: line.replace(/\n$/, ""), mayBeJson };
}

export function telemetryJson(event: TelemetryEvent, schemaVersion: SchemaVersion): string {
  const { atMs, type } = event;
  const record =
    event.mayBeJson && schemaVersion !== "2022-07-01" && typeof event.record === "string"
      ? parsed(event.record)
      : event.record;
  return JSON.stringify({ time: isoTime(epochMs(atMs)), type, record });
}

function parsed(line: string): unknown {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === "object" && value !== null ? value : line;
  } catch {
    return line;
  }
}
