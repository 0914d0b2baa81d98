/** Decides which platform events are shown at a system log level. Only the JSON format has levels (docs/aws/logs.md#system-log-levels). */
import type { SystemLogLevel } from "../../words/platform-words.ts";
import type { EmittedEvent } from "./emitted-event.ts";

const RANK: Readonly<Record<SystemLogLevel, number>> = { DEBUG: 0, INFO: 1, WARN: 2 };

export function isShownAtLevel(event: EmittedEvent, shown: SystemLogLevel): boolean {
  return RANK[levelOf(event)] >= RANK[shown];
}

function levelOf(event: EmittedEvent): SystemLogLevel {
  switch (event.type) {
    case "initStart":
    case "start":
    case "telemetrySubscription":
      return "INFO";
    case "initRuntimeDone":
    case "runtimeDone":
      return event.status === "success" ? "DEBUG" : "WARN";
    case "initReport":
      if (event.status !== "success") return "WARN";
      return event.initializationType === "on-demand" ? "DEBUG" : "INFO";
    case "report":
      return event.status === "success" ? "INFO" : "WARN";
    case "extension":
      return event.errorType === null ? "INFO" : "WARN";
    case "logsDropped":
      return "WARN";
  }
}
