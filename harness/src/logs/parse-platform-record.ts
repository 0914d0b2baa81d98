/** Reads a JSON record of the platform (docs/aws/logs.md#platform-records). Null if a required member is missing. Never throws. */
import { asJsonObject, textOf, type JsonObject } from "../base/json-object.ts";
import type { PhaseStatus } from "../words/platform-words.ts";
import { parsePlatformLine } from "./parse-platform-line.ts";
import { initPhase, platformStatus, statusWith, type PlatformEvent } from "./platform-event.ts";

/**
 * Types of records that the judgement does not use. They are recognised by their beginning, so that the rest of the record need not be
 * parsed.
 */
export const UNNEEDED_RECORDS: readonly string[] = [
  "extension",
  "telemetrySubscription",
  "logsSubscription",
  "restoreRuntimeDone",
];
const UNNEEDED = new RegExp(
  `^\\{"time":"[^"\\\\\\x00-\\x1f]*","type":"(platform\\.(?:${UNNEEDED_RECORDS.join("|")}))","record":\\{`,
);

/** `end` is a type of the Logs API, which came before the Telemetry API. */
const WITHOUT_BEARING = [...UNNEEDED_RECORDS, "end"].map((name) => `platform.${name}`);

/** Returns the event of a record that the judgement does not use, else null. Examines only the beginning of the text. */
export function unneededRecord(message: string): PlatformEvent | null {
  const name = UNNEEDED.exec(message)?.[1];
  return name === undefined ? null : { event: "other", name };
}

export function parsePlatformRecord(value: JsonObject): PlatformEvent | null {
  const type = value["type"];
  if (typeof type !== "string" || !type.startsWith("platform.")) return null;
  // A type of the Logs API. Its record is the text line about a time-out or an exit.
  if (type === "platform.fault")
    return (
      parsePlatformLine(textOf(value["record"]) ?? "") ?? {
        event: "failure-reported",
        status: "error",
        errorType: null,
      }
    );
  const record = asJsonObject(value["record"]);
  if (record === null) return null;
  switch (type) {
    case "platform.initStart":
      return {
        event: "init-start",
        phase: initPhase(record["phase"]) ?? "init",
        initializationType: textOf(record["initializationType"]),
        functionName: textOf(record["functionName"]),
        functionVersion: textOf(record["functionVersion"]),
        runtimeVersion: textOf(record["runtimeVersion"]),
        format: "JSON",
      };
    case "platform.initRuntimeDone":
      return {
        event: "init-runtime-done",
        phase: initPhase(record["phase"]) ?? "init",
        status: statusOf(record) ?? "error",
        errorType: textOf(record["errorType"]),
      };
    case "platform.initReport":
      return initReport(record);
    case "platform.start":
    case "platform.runtimeDone":
    case "platform.report":
      return invocationEvent(type, record);
    case "platform.logsDropped":
      return { event: "logs-dropped", records: number(record["droppedRecords"]) };
    case "platform.restoreStart":
      return {
        event: "restore-start",
        functionName: textOf(record["functionName"]),
        functionVersion: textOf(record["functionVersion"]),
        runtimeVersion: textOf(record["runtimeVersion"]),
        format: "JSON",
      };
    case "platform.restoreReport":
      return {
        event: "restore-report",
        status: statusOf(record) ?? "error",
        durationMs: number(asJsonObject(record["metrics"])?.["durationMs"]),
        errorType: textOf(record["errorType"]),
      };
    case "platform.invokeStart":
    case "platform.invokeSummary":
      return webEvent(type, record);
    default:
      return WITHOUT_BEARING.includes(type)
        ? { event: "other", name: type }
        : { event: "unrecognised", name: type };
  }
}

/**
 * Reads a record about a request to a web function (`invokeStart`, `invokeSummary`). The format of these records is only partly known, so a
 * record without a known status does not count as the end of a request.
 */
function webEvent(type: string, record: JsonObject): PlatformEvent {
  const requestId = textOf(record["requestId"]);
  const status = statusOf(record);
  if (requestId === null || (type === "platform.invokeSummary" && status === null))
    return { event: "unrecognised", name: type };
  if (status === null || type === "platform.invokeStart") return { event: "web-start", requestId };
  const metrics = asJsonObject(record["metrics"]);
  return {
    event: "report",
    requestId,
    status,
    durationMs: number(metrics?.["durationMs"]),
    initDurationMs: null,
    memorySizeMb: null,
    maxMemoryUsedMb: null,
    errorType: textOf(record["errorType"]),
  };
}

function initReport(record: JsonObject): PlatformEvent {
  return {
    event: "init-report",
    phase: initPhase(record["phase"]) ?? "init",
    initializationType: textOf(record["initializationType"]),
    // A report without a status does not count as a success: missing evidence must never improve a result.
    status: statusOf(record) ?? "error",
    durationMs: number(asJsonObject(record["metrics"])?.["durationMs"]),
    errorType: textOf(record["errorType"]),
  };
}

function invocationEvent(
  type: "platform.start" | "platform.runtimeDone" | "platform.report",
  record: JsonObject,
): PlatformEvent | null {
  const requestId = textOf(record["requestId"]);
  if (requestId === null) return null;
  const of = { requestId, ...tenantOf(record) };
  if (type === "platform.start") return { event: "start", ...of, version: textOf(record["version"]) };
  const status = statusOf(record);
  if (status === null) return null;
  const errorType = textOf(record["errorType"]);
  if (type === "platform.runtimeDone") return { event: "runtime-done", ...of, status, errorType };
  const metrics = asJsonObject(record["metrics"]);
  const durationMs = number(metrics?.["durationMs"]);
  const memorySizeMb = number(metrics?.["memorySizeMB"]);
  // Every complete report of a success has a duration and a memory size. A report without them does not prove a success.
  if (status === "success" && (durationMs === null || memorySizeMb === null)) return null;
  return {
    event: "report",
    ...of,
    status,
    durationMs,
    initDurationMs: number(metrics?.["initDurationMs"]),
    memorySizeMb,
    maxMemoryUsedMb: number(metrics?.["maxMemoryUsedMB"]),
    errorType,
  };
}

function tenantOf(record: JsonObject): { readonly tenantId?: string } {
  const tenantId = textOf(record["tenantId"]);
  return tenantId === null ? {} : { tenantId };
}

/** Returns the status, or null if the record has neither a known status nor an error type. */
function statusOf(record: JsonObject): PhaseStatus | null {
  return statusWith(platformStatus(record["status"]), (textOf(record["errorType"]) ?? "") !== "");
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
