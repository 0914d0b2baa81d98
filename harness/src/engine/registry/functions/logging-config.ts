/** Reads a function's LoggingConfig, checks it, and completes it with AWS's defaults (docs/aws/logs.md#system-log-levels). Pure. */
import { LOG_FORMATS, APPLICATION_LOG_LEVELS, SYSTEM_LOG_LEVELS } from "../../../domain/platform-words.ts";
import type { Constraints } from "../../request-validation/constraints.ts";
import type { LoggingConfig } from "./function-record.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";

const LOG_GROUP_PATTERN = "[\\.\\-_/#A-Za-z0-9]+";
/**
 * Only the JSON format has levels. A change to JSON without levels sets both to INFO; a change back to Text removes them
 * (docs/aws/logs.md#system-log-levels).
 */
export function readLoggingConfig(
  members: RequestMembers | undefined,
  constraints: Constraints,
  name: string,
  before: LoggingConfig | null,
): LoggingConfig {
  const format = members?.text("LogFormat") ?? before?.LogFormat ?? "Text";
  const application = members?.text("ApplicationLogLevel");
  const system = members?.text("SystemLogLevel");
  const group = members?.text("LogGroup") ?? before?.LogGroup ?? `/aws/lambda/${name}`;
  constraints.oneOf("loggingConfig.logFormat", format, LOG_FORMATS);
  constraints.oneOf("loggingConfig.applicationLogLevel", application, APPLICATION_LOG_LEVELS);
  constraints.oneOf("loggingConfig.systemLogLevel", system, SYSTEM_LOG_LEVELS);
  constraints.text("loggingConfig.logGroup", group, { min: 1, max: 512, pattern: LOG_GROUP_PATTERN });
  if (format === "Text" && (application !== undefined || system !== undefined)) {
    throw new LambdaError(
      "InvalidParameterValueException",
      "To use ApplicationLogLevel or SystemLogLevel, LogFormat must be set to JSON.",
    );
  }
  if (group.startsWith("aws/")) {
    throw new LambdaError(
      "InvalidParameterValueException",
      `The log group name '${group}' must not start with aws/.`,
    );
  }
  if (format === "Text") return { LogFormat: "Text", LogGroup: group };
  return {
    LogFormat: "JSON",
    ApplicationLogLevel: application ?? before?.ApplicationLogLevel ?? "INFO",
    SystemLogLevel: system ?? before?.SystemLogLevel ?? "INFO",
    LogGroup: group,
  } as LoggingConfig;
}
