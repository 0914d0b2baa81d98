/**
 * Decides which lines of a function are shown at its application log level (docs/aws/logs.md#application-log-levels). Only the JSON format
 * has levels. This is Lambda's filter, which applies to every line; the runtime interface client filters only lines from its own logger.
 */
import { APPLICATION_LOG_LEVELS, type ApplicationLogLevel } from "../../words/platform-words.ts";

/** The other names that loggers of the managed runtimes give to these levels. */
const OTHER_NAMES: Readonly<Record<string, ApplicationLogLevel>> = {
  INFORMATION: "INFO",
  WARNING: "WARN",
  CRITICAL: "FATAL",
};
const TIME_MEMBERS = ["timestamp", "time", "@timestamp"] as const;
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

export function isShownAtApplicationLevel(line: string, shown: ApplicationLogLevel): boolean {
  // At the lowest level every line is shown, so no line needs to be parsed.
  if (shown === APPLICATION_LOG_LEVELS[0]) return true;
  return APPLICATION_LOG_LEVELS.indexOf(levelOf(line)) >= APPLICATION_LOG_LEVELS.indexOf(shown);
}

/** Returns the level of a line. A line without a valid level or without a valid time counts as INFO. */
function levelOf(line: string): ApplicationLogLevel {
  const members = membersOf(line);
  const level = members === null ? null : levelNamed(members["level"]);
  return level !== null && members !== null && TIME_MEMBERS.some((name) => isTime(members[name]))
    ? level
    : "INFO";
}

function membersOf(line: string): Readonly<Record<string, unknown>> | null {
  if (!line.trimStart().startsWith("{")) return null;
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
}

function levelNamed(value: unknown): ApplicationLogLevel | null {
  if (typeof value !== "string") return null;
  const name = value.toUpperCase();
  return APPLICATION_LOG_LEVELS.find((level) => level === name) ?? OTHER_NAMES[name] ?? null;
}

function isTime(value: unknown): boolean {
  return typeof value === "string" && RFC_3339.test(value) && !Number.isNaN(Date.parse(value));
}
