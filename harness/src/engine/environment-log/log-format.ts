/** Platform lines exactly as AWS prints them, as text and as JSON (docs/aws/logs.md). Null for an event that is not shown. */
import { epochMs, isoTime } from "../../base/time.ts";
import type { Logging } from "../function-snapshot.ts";
import { isShownAtLevel } from "./log-level.ts";
import type { EmittedEvent, ReportEvent } from "./emitted-event.ts";

export function formatPlatformEvent(event: EmittedEvent, atMs: number, logging: Logging): string | null {
  return logging.format === "JSON" ? formatJson(event, atMs, logging) : formatText(event);
}

function formatText(event: EmittedEvent): string | null {
  switch (event.type) {
    case "initStart":
      return event.phase === "invoke"
        ? null
        : `INIT_START Runtime Version: ${event.runtimeVersion}\tRuntime Version ARN: ${event.runtimeVersionArn}\n`;
    case "initRuntimeDone":
      return null;
    case "initReport":
      return event.status === "success" && event.initializationType === "on-demand"
        ? null
        : `INIT_REPORT Init Duration: ${event.durationMs.toFixed(2)} ms\tPhase: ${event.phase}` +
            (event.status === "success" ? "\n" : `${statusText(event)}\n`);
    case "start":
      return `START RequestId: ${event.requestId} Version: ${event.version}\n`;
    case "runtimeDone":
      return `END RequestId: ${event.requestId}\n`;
    case "report":
      return reportText(event);
    case "extension":
      return `EXTENSION\tName: ${event.name}\tState: ${event.state}\tEvents: [${event.events.join(", ")}]\n`;
    case "telemetrySubscription":
      return `TELEMETRY\tName: ${event.name}\tState: ${event.state}\tTypes: [${event.types.map(capitalised).join(", ")}]\n`;
    case "logsDropped":
      return `LOGS_DROPPED\tDropped Records: ${event.droppedRecords}\tDropped Bytes: ${event.droppedBytes}\tReason: ${event.reason}\n`;
  }
}

const capitalised = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

function statusText(event: { readonly status: string; readonly errorType: string | null }): string {
  return `\tStatus: ${event.status}${event.errorType === null ? "" : `\tError Type: ${event.errorType}`}`;
}

function reportText(event: ReportEvent): string {
  const init = event.initDurationMs === null ? "" : `Init Duration: ${event.initDurationMs.toFixed(2)} ms\t`;
  const status = event.status === "success" ? "" : `${statusText(event).slice(1)}`;
  return (
    `REPORT RequestId: ${event.requestId}\tDuration: ${event.durationMs.toFixed(2)} ms\tBilled Duration: ${event.billedDurationMs} ms` +
    `\tMemory Size: ${event.memorySizeMb} MB\tMax Memory Used: ${event.maxMemoryUsedMb} MB\t${init}${status}\n`
  );
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function formatJson(event: EmittedEvent, atMs: number, logging: Logging): string | null {
  // It is not known whether AWS logs these events of a repeated Init in JSON format (docs/aws/README.md#unknown). So JSON logs show the
  // same as text logs of an on-demand function: only the report of a repeated Init that failed.
  if ((event.type === "initStart" || event.type === "initRuntimeDone") && event.phase === "invoke")
    return null;
  if (event.type === "initReport" && event.phase === "invoke" && event.status === "success") return null;
  if (!isShownAtLevel(event, logging.systemLogLevel)) return null;
  return `${JSON.stringify({ time: isoTime(epochMs(atMs)), type: `platform.${event.type}`, record: platformRecord(event) })}\n`;
}

export function platformRecord(event: EmittedEvent): Record<string, unknown> {
  switch (event.type) {
    case "initStart":
      return {
        initializationType: event.initializationType,
        phase: event.phase,
        runtimeVersion: event.runtimeVersion,
        runtimeVersionArn: event.runtimeVersionArn,
        functionName: event.functionName,
        functionVersion: event.functionVersion,
      };
    case "initRuntimeDone":
      return {
        initializationType: event.initializationType,
        phase: event.phase,
        status: event.status,
        ...errorMember(event),
      };
    case "initReport":
      return {
        initializationType: event.initializationType,
        phase: event.phase,
        status: event.status,
        metrics: { durationMs: rounded(event.durationMs) },
        ...errorMember(event),
      };
    case "start":
      return { requestId: event.requestId, version: event.version, ...tenantMember(event) };
    case "runtimeDone":
      return {
        requestId: event.requestId,
        status: event.status,
        ...errorMember(event),
        ...(event.spans.length === 0
          ? {}
          : { spans: event.spans.map((span) => ({ ...span, durationMs: rounded(span.durationMs) })) }),
        metrics: { durationMs: rounded(event.durationMs), producedBytes: event.producedBytes },
        ...tenantMember(event),
      };
    case "report":
      return {
        requestId: event.requestId,
        status: event.status,
        ...errorMember(event),
        metrics: {
          durationMs: rounded(event.durationMs),
          billedDurationMs: event.billedDurationMs,
          memorySizeMB: event.memorySizeMb,
          maxMemoryUsedMB: event.maxMemoryUsedMb,
          ...(event.initDurationMs === null ? {} : { initDurationMs: rounded(event.initDurationMs) }),
        },
        ...tenantMember(event),
      };
    case "extension":
      return { name: event.name, state: event.state, events: event.events, ...errorMember(event) };
    case "telemetrySubscription":
      return { name: event.name, state: event.state, types: event.types };
    case "logsDropped":
      return { droppedBytes: event.droppedBytes, droppedRecords: event.droppedRecords, reason: event.reason };
  }
}

function tenantMember({ tenantId }: { readonly tenantId?: string | undefined }): Record<string, unknown> {
  return tenantId === undefined ? {} : { tenantId };
}

function errorMember(event: { readonly errorType: string | null }): Record<string, unknown> {
  return event.errorType === null ? {} : { errorType: event.errorType };
}
