/** Reads a function's LoggingConfig, checks it, and completes it with AWS's defaults (docs/aws/logs.md#system-log-levels). Pure. */
import type { LoggingConfig } from "./function-record.ts";
import { invalidParameter } from "../../request-validation/lambda-error.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";

/** Only the JSON format has levels. If a request changes to JSON and names no levels, both become INFO. A change to Text removes them. */
export function readLoggingConfig(
  members: RequestMembers | undefined,
  name: string,
  before: LoggingConfig | null,
): LoggingConfig {
  const format = members?.text("LogFormat") ?? before?.LogFormat ?? "Text";
  const application = members?.text("ApplicationLogLevel");
  const system = members?.text("SystemLogLevel");
  const group = members?.text("LogGroup") ?? before?.LogGroup ?? `/aws/lambda/${name}`;
  if (format === "Text" && (application !== undefined || system !== undefined)) {
    throw invalidParameter("To use ApplicationLogLevel or SystemLogLevel, LogFormat must be set to JSON.");
  }
  if (group.startsWith("aws/")) {
    throw invalidParameter(`The log group name '${group}' must not start with aws/.`);
  }
  if (format === "Text") return { LogFormat: "Text", LogGroup: group };
  return {
    LogFormat: "JSON",
    ApplicationLogLevel: application ?? before?.ApplicationLogLevel ?? "INFO",
    SystemLogLevel: system ?? before?.SystemLogLevel ?? "INFO",
    LogGroup: group,
  } as LoggingConfig;
}
