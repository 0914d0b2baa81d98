/** Python (docs/aws/runtime-logs.md#python). Its functions are not run locally; their logs are read. */
import type { RuntimeFamily } from "./runtime-family.ts";
import { failure, isList, textOf, type LogLine, type RuntimeLine } from "./runtime-log.ts";

export const python = {
  name: "python",
  title: "Python",
  language: "python",
  versions: [],
  log: {
    descriptor: "frames",
    marks: ["[ERROR]", "errorType", "LAMBDA_WARNING"],
    read: readLine,
    shownBehind: ["text", "INFO"],
  },
  local: null,
} as const satisfies RuntimeFamily;

/** `[ERROR] Type: message`, without a time and an id; the message may be missing. */
const RUNTIME_ERROR = /^\[ERROR\] ([A-Za-z_][\w.]*)(?::|\s*$|[\r\n])/;
/** A TAB, or a time where a copy lost the TABs, is the `logging` module's: an error that the function handled. */
const LOGGER = /^\[ERROR\](?:\t| +\d{4}-\d\d-\d\dT)/;
/** Some clients write this sentence for an unhandled exception only; the error may follow in the same event. */
const WARNING = /^(?:\[WARNING\]\s[^\r\n]*?\s)?LAMBDA_WARNING: Unhandled exception\./;
/** Only the client indents its frames with no-break spaces. */
const CLIENT_FRAMES = /[\r\n]\u00a0/;

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  if (WARNING.test(text)) return failure(null, /\[ERROR\] ([A-Za-z_][\w.]*)/.exec(text)?.[1] ?? null);
  if (LOGGER.test(text)) return { kind: "application", requestId: null, errorType: null };
  const errorType = RUNTIME_ERROR.exec(text)?.[1];
  if (errorType === undefined) return null;
  if (errorType.startsWith("Runtime.") || CLIENT_FRAMES.test(text)) return failure(null, errorType);
  // What a `print` of the function can write just so, and the client too where a copy made its spaces ordinary ones.
  return { kind: "ambiguous", requestId: null, errorType };
}

/** The client's object has no `message`; a logger's always has. */
function readObject(object: Readonly<Record<string, unknown>>): RuntimeLine | null {
  const { message, logger } = object;
  if (typeof message === "string" && WARNING.test(message)) return failure(textOf(object["requestId"]), null);
  const errorType = textOf(object["errorType"]);
  if (errorType === null || (object["level"] === undefined) === (object["log_level"] === undefined))
    return null;
  if (message !== undefined || logger !== undefined) {
    return typeof message === "string" && typeof logger === "string"
      ? { kind: "application", requestId: textOf(object["requestId"]), errorType }
      : null;
  }
  if (!isList(object["stackTrace"]) || typeof object["requestId"] !== "string") return null;
  const requestId = textOf(object["requestId"]);
  return requestId === null ? { kind: "failed-init", requestId, errorType } : failure(requestId, errorType);
}
