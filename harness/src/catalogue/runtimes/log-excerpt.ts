/** Chooses the lines of a log that show a person why a function failed: lines of the function and its runtime, not of the platform. */
import { asJsonObject, parseJsonObject } from "../../base/json-object.ts";
import { INIT_LINES, REQUEST_LINES } from "../../words/platform-words.ts";
import { isForeignFrame } from "./all-runtimes.ts";

const LINES_SHOWN = 6;
const LAST_LINES_SHOWN = 3;
const COLUMNS_SHOWN = 400;
const FRAMES_SHOWN = 3;

const OF_PLATFORM = new RegExp(
  `"type":"platform\\.|LAMBDA_WARNING: |^(?:${[...INIT_LINES, ...REQUEST_LINES].join("|")}|RequestId:) |^(?:EXTENSION|TELEMETRY)\\t`,
);
/** The platform writes this when the runtime's process has exited. */
const EXIT_NOTED =
  /"errorType":"Runtime\.(?:ExitError|OutOfMemory)"|Error Type: Runtime\.(?:ExitError|OutOfMemory)|Runtime exited|^INIT_REPORT .*\bStatus: error/;

export function logExcerpt(messages: readonly string[], said = ""): readonly string[] {
  return ownLines(messages)
    .filter((line) => !said.includes(line))
    .slice(0, LINES_SHOWN);
}

/**
 * Returns the last lines of the function and its runtime before the platform noted that the process had exited. `messages` are the messages
 * of one log stream in order.
 */
export function linesBeforeExit(messages: readonly string[]): readonly string[] {
  const exit = messages.findIndex((message) => EXIT_NOTED.test(message));
  return ownLines(messages.slice(0, Math.max(0, exit))).slice(-LAST_LINES_SHOWN);
}

function ownLines(messages: readonly string[]): readonly string[] {
  return messages
    .map((message) => message.trimEnd())
    .filter((message) => !OF_PLATFORM.test(message) && message !== "")
    .flatMap(shortenRecord)
    .map((line) => line.slice(0, COLUMNS_SHOWN));
}

/** Shortens a JSON record to its message. For an error of the runtime, also keeps the first frames that are not the runtime's own. */
function shortenRecord(line: string): readonly string[] {
  const record = parseJsonObject(line);
  if (record === null) return [line];
  if (typeof record["message"] === "string") return record["message"].split("\n");
  const { errorType, errorMessage, stackTrace } = asJsonObject(record["message"]) ?? record;
  if (typeof errorMessage !== "string") return [line];
  const frames = (Array.isArray(stackTrace) ? (stackTrace as readonly unknown[]) : [])
    .filter((frame): frame is string => typeof frame === "string" && /^ +(?:at|File) /.test(frame))
    .filter((frame) => !isForeignFrame(frame));
  return [
    ...`${typeof errorType === "string" ? errorType : "Error"}: ${errorMessage}`.split("\n"),
    ...frames.slice(0, FRAMES_SHOWN).flatMap((frame) => frame.trimEnd().split("\n")),
  ];
}
