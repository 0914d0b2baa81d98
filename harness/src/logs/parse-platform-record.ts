/**
 * Reads the platform's JSON records (docs/aws/logs.md#platform-records): `{"time","type":"platform.…","record":{…}}`. Null: not one, or one
 * without what it must carry. Members may be missing or new; nothing throws.
 */
import { initPhase, platformStatus, type PlatformEvent } from "./platform-event.ts";

type Members = Readonly<Record<string, unknown>>;

/**
 * Records without a bearing on the judgement, by the end of their type (docs/aws/logs.md#platform-records): the beginning of their text is
 * enough to know them.
 */
export const UNNEEDED_RECORDS: readonly string[] = [
  "extension",
  "telemetrySubscription",
  "restoreStart",
  "restoreRuntimeDone",
  "restoreReport",
];
const UNNEEDED = new RegExp(
  `^\\{"time":"[^"\\\\\\x00-\\x1f]*","type":"(platform\\.(?:${UNNEEDED_RECORDS.join("|")}))","record":\\{`,
);

/** Whatever follows: nobody reads it. */
export function unneededRecord(message: string): PlatformEvent | null {
  const name = UNNEEDED.exec(message)?.[1];
  return name === undefined ? null : { event: "other", name };
}

export function parsePlatformRecord(value: Members): PlatformEvent | null {
  const type = value["type"];
  if (typeof type !== "string" || !type.startsWith("platform.")) return null;
  const record = members(value["record"]);
  if (record === null) return null;
  switch (type) {
    case "platform.initStart":
      return {
        event: "init-start",
        phase: initPhase(record["phase"]) ?? "init",
        initializationType: text(record["initializationType"]),
        functionName: text(record["functionName"]),
        functionVersion: text(record["functionVersion"]),
        runtimeVersion: text(record["runtimeVersion"]),
        format: "JSON",
      };
    case "platform.initRuntimeDone":
      return {
        event: "init-runtime-done",
        phase: initPhase(record["phase"]) ?? "init",
        status: platformStatus(record["status"]) ?? "error",
        errorType: text(record["errorType"]),
      };
    case "platform.initReport":
      return initReport(record);
    case "platform.start":
    case "platform.runtimeDone":
    case "platform.report":
      return invocationEvent(type, record);
    case "platform.logsDropped":
      return { event: "logs-dropped", records: number(record["droppedRecords"]) };
    default:
      return { event: "other", name: type };
  }
}

function initReport(record: Members): PlatformEvent {
  return {
    event: "init-report",
    phase: initPhase(record["phase"]) ?? "init",
    initializationType: text(record["initializationType"]),
    // A report that does not say how it went is no success: missing evidence never helps.
    status: platformStatus(record["status"]) ?? "error",
    durationMs: number(members(record["metrics"])?.["durationMs"]),
    errorType: text(record["errorType"]),
  };
}

function invocationEvent(
  type: "platform.start" | "platform.runtimeDone" | "platform.report",
  record: Members,
): PlatformEvent | null {
  const requestId = text(record["requestId"]);
  if (requestId === null) return null;
  if (type === "platform.start") return { event: "start", requestId, version: text(record["version"]) };
  const status = platformStatus(record["status"]) ?? "error";
  const errorType = text(record["errorType"]);
  if (type === "platform.runtimeDone") return { event: "runtime-done", requestId, status, errorType };
  const metrics = members(record["metrics"]);
  return {
    event: "report",
    requestId,
    status,
    durationMs: number(metrics?.["durationMs"]),
    initDurationMs: number(metrics?.["initDurationMs"]),
    memorySizeMb: number(metrics?.["memorySizeMB"]),
    maxMemoryUsedMb: number(metrics?.["maxMemoryUsedMB"]),
    errorType,
  };
}

function members(value: unknown): Members | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
