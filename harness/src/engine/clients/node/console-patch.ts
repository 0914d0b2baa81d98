/** Replaces the console's methods with Lambda's (docs/aws/logs.md#console-lines-of-nodejs, docs/aws/logs.md#system-log-levels). */
import { format } from "node:util";
import { errorPayload, RuntimeError } from "./error-payload.ts";
import { writeLogMessage } from "./framed-log.ts";

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
type ConsoleLevel = (typeof LEVELS)[number];

const METHODS: ReadonlyArray<readonly [string, ConsoleLevel]> = [
  ["trace", "TRACE"],
  ["debug", "DEBUG"],
  ["log", "INFO"],
  ["info", "INFO"],
  ["warn", "WARN"],
  ["error", "ERROR"],
  ["fatal", "FATAL"],
];

const json = process.env["AWS_LAMBDA_LOG_FORMAT"]?.toUpperCase() === "JSON";
const wanted = LEVELS.indexOf(
  (process.env["AWS_LAMBDA_LOG_LEVEL"]?.toUpperCase() ?? "TRACE") as ConsoleLevel,
);

/** Kept until the next invocation begins, because on AWS, output between two invocations has the earlier request ID. */
let requestId: string | undefined;
let tenantId: string | null = null;
let generation = 22;

export function setInvocation(id: string, tenant: string | null): void {
  requestId = id;
  tenantId = tenant;
}

export function patchConsole(majorVersion: number): void {
  generation = majorVersion;
  // Before the first invocation nodejs22.x prints the word "undefined" as the request ID, and nodejs24.x prints a dash.
  if (majorVersion >= 24) requestId = "-";
  for (const [method, level] of METHODS) {
    const silent = json && wanted !== -1 && LEVELS.indexOf(level) < wanted;
    const write = silent ? () => undefined : (...values: unknown[]) => log(level, values);
    // `fatal` is a method of Lambda's console only.
    Object.assign(console, { [method]: write });
  }
}

function log(level: ConsoleLevel, given: readonly unknown[]): void {
  // A call without arguments logs one undefined value.
  const values = given.length === 0 ? [undefined] : given;
  const now = Date.now();
  const time = new Date(now).toISOString();
  if (!json) writeLogMessage(`${time}\t${requestId}\t${level}\t${format(...values)}\n`, "Text", now);
  else writeLogMessage(`${jsonLine(time, level, values)}\n`, "JSON", now);
}

function jsonLine(timestamp: string, level: ConsoleLevel, values: readonly unknown[]): string {
  const line: Record<string, unknown> = { timestamp, level, requestId };
  if (tenantId !== null) line["tenantId"] = tenantId;
  if (values.length === 1) {
    try {
      return JSON.stringify({ ...line, message: values[0] }, describeErrors);
    } catch {
      return JSON.stringify({ ...line, message: format(values[0]) });
    }
  }
  line["message"] = format(...values);
  const error = values.find((value) => value instanceof Error);
  return JSON.stringify(error === undefined ? line : { ...line, ...errorMembers(error) });
}

function errorMembers(error: Error): Record<string, unknown> {
  const { errorMessage, trace } = errorPayload(error);
  const errorType =
    error instanceof RuntimeError ? error.className : (error.constructor?.name ?? "UnknownError");
  return { errorType, errorMessage, stackTrace: trace };
}

function describeErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? { ...errorMembers(value), ...ownMembers(value) } : value;
}

/** Logs an error that the runtime caught. No other line shows that an invocation failed (docs/aws/runtime-logs.md#node). */
export function logError(title: string, thrown: unknown): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (json) return log("ERROR", [error]);
  const { errorType, errorMessage, trace } = errorPayload(error);
  const own = ownMembers(error);
  // AWS's client writes `code` before the error's other own members.
  const code = "code" in own ? { code: own["code"] } : {};
  log("ERROR", [title, `\t${stringify({ errorType, errorMessage, ...code, ...own, stack: trace })}`]);
}

/**
 * Returns the error's own members that the log line about it shows. Version 3 of AWS's client does not show `name` for errors that the
 * client raises itself.
 */
function ownMembers(error: Error): Record<string, unknown> {
  const { name, ...others } = error as Error & Record<string, unknown>;
  const hidden = generation < 24 && error instanceof RuntimeError;
  return hidden || !Object.hasOwn(error, "name") ? others : { name, ...others };
}

function stringify(value: object): string {
  try {
    return JSON.stringify(value, (_key, member: unknown) => {
      if (!(member instanceof Error)) return member;
      const { errorType, errorMessage, trace } = errorPayload(member);
      return { errorType, errorMessage, stack: trace };
    });
  } catch {
    return format(value);
  }
}
