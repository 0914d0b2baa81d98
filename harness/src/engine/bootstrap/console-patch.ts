/**
 * Replaces the console's methods by Lambda's: `ISO<TAB>requestId<TAB>LEVEL<TAB>text` in text format, one JSON object in JSON format with the
 * application log level applied (facts §5.2, §5.4). Leaves process.stdout and process.stderr alone.
 */
import { format } from "node:util";
import { errorPayload } from "./error-payload.ts";
import { writeLogMessage } from "./framed-log.ts";

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
type Level = (typeof LEVELS)[number];

const METHODS: ReadonlyArray<readonly [string, Level]> = [
  ["trace", "TRACE"],
  ["debug", "DEBUG"],
  ["log", "INFO"],
  ["info", "INFO"],
  ["warn", "WARN"],
  ["error", "ERROR"],
  ["fatal", "FATAL"],
];

const json = process.env["AWS_LAMBDA_LOG_FORMAT"]?.toUpperCase() === "JSON";
const wanted = LEVELS.indexOf((process.env["AWS_LAMBDA_LOG_LEVEL"]?.toUpperCase() ?? "TRACE") as Level);

/** Kept after an invocation until the next one begins: stray output is labelled with the previous id, as on AWS. */
let requestId: string | undefined;

export function setRequestId(id: string): void {
  requestId = id;
}

export function patchConsole(majorVersion: number): void {
  // Before the first invocation nodejs22.x prints the word "undefined", nodejs24.x a dash.
  if (majorVersion >= 24) requestId = "-";
  const target = console as unknown as Record<string, (...values: unknown[]) => void>;
  for (const [method, level] of METHODS) {
    if (json && wanted !== -1 && LEVELS.indexOf(level) < wanted) target[method] = () => undefined;
    else target[method] = (...values) => log(level, values);
  }
}

function log(level: Level, values: readonly unknown[]): void {
  const now = Date.now();
  const time = new Date(now).toISOString();
  if (!json) writeLogMessage(`${time}\t${requestId}\t${level}\t${format(...values)}\n`, "Text", now);
  else writeLogMessage(`${jsonLine(time, level, values)}\n`, "JSON", now);
}

function jsonLine(timestamp: string, level: Level, values: readonly unknown[]): string {
  const line: Record<string, unknown> = { timestamp, level, requestId };
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
  return { errorType: error.constructor?.name ?? "UnknownError", errorMessage, stackTrace: trace };
}

function describeErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? { ...errorMembers(value), ...value } : value;
}

/** The runtime's own line about an error which it caught: the only trace of a failed invocation in the log (facts §5.3). */
export function logError(title: string, error: unknown): void {
  const { errorType, errorMessage, trace } = errorPayload(error);
  const own = typeof error === "object" && error !== null ? { ...error } : {};
  if (json) log("ERROR", [{ errorType, errorMessage, ...own, stackTrace: trace }]);
  else log("ERROR", [title, `\t${stringify({ errorType, errorMessage, ...own, stack: trace })}`]);
}

function stringify(value: object): string {
  try {
    return JSON.stringify(value, (_key, member: unknown) =>
      member instanceof Error ? errorPayload(member) : member,
    );
  } catch {
    return format(value);
  }
}
