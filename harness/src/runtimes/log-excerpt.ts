/**
 * Chooses the lines of a log that show a person why a function failed: what the function and its runtime wrote, without the platform's lines. Pure.
 */
import { asJsonObject, parseJsonObject } from "../domain/json-object.ts";

const LINES_SHOWN = 6;
const COLUMNS_SHOWN = 400;
const FRAMES_SHOWN = 3;

/** `messages` are the messages of log events. Lines that `said` already contains are left out. */
export function logExcerpt(messages: readonly string[], said = ""): readonly string[] {
  return messages
    .map((message) => message.trimEnd())
    .filter((message) => !/"type":"platform\.|LAMBDA_WARNING: /.test(message) && message !== "")
    .flatMap(shortenRecord)
    .filter((line) => !said.includes(line))
    .slice(0, LINES_SHOWN)
    .map((line) => line.slice(0, COLUMNS_SHOWN));
}

/**
 * Shortens a JSON record to its message. If the record, or its message, is an error that the runtime wrote, the first frames of the stack are kept
 * too, without the runtime's own frames.
 */
function shortenRecord(line: string): readonly string[] {
  const record = parseJsonObject(line);
  if (record === null) return [line];
  if (typeof record["message"] === "string") return record["message"].split("\n");
  const { errorType, errorMessage, stackTrace } = asJsonObject(record["message"]) ?? record;
  if (typeof errorMessage !== "string") return [line];
  const frames = (Array.isArray(stackTrace) ? (stackTrace as readonly unknown[]) : [])
    .filter((frame): frame is string => typeof frame === "string" && /^ +(?:at|File) /.test(frame))
    .filter((frame) => !/node:internal|\/runtime\/index\.c?js/.test(frame));
  return [
    ...`${typeof errorType === "string" ? errorType : "Error"}: ${errorMessage}`.split("\n"),
    ...frames.slice(0, FRAMES_SHOWN).flatMap((frame) => frame.trimEnd().split("\n")),
  ];
}
