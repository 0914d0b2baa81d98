/** Python (docs/aws/runtime-logs.md#python). The engine does not run Python functions; only their logs are read. */
import { textOf, type JsonObject } from "../domain/json-object.ts";
import type { RuntimeFamily } from "./runtime-family.ts";
import { doubtful, failure, isList, type LogLine, type RuntimeLine } from "./runtime-log.ts";

export const python = {
  name: "python",
  title: "Python",
  language: "python",
  versions: [],
  log: {
    descriptor: "frames",
    marks: ["[ERROR]", "errorType", "LAMBDA_WARNING", "Traceback (most", "Unable to import module"],
    read: readLine,
    shownBehind: ["text", "INFO"],
  },
  local: null,
} as const satisfies RuntimeFamily;

/** `[ERROR] Type: message` without a time and an id. The message may be missing, and copying may have joined the lines. */
const RUNTIME_ERROR =
  /^\[ERROR\] ([\p{L}_][\p{L}\p{N}_.]*)(?::|\s*$|[\r\n]|\s+Traceback \(most recent call last\):)/u;
/** A TAB, or a time where copying lost the TABs, shows that the `logging` module wrote the line: the function handled this error. */
const LOGGER = /^\[ERROR\](?:\t| +\d{4}-\d\d-\d\dT)/;
/** Some clients write this sentence, and only for an unhandled exception. The error may follow in the same event. */
const WARNING = /^(?:\[WARNING\]\s[^\r\n]*?\s)?LAMBDA_WARNING: Unhandled exception\./;
/** Only the client indents its frames with no-break spaces. */
const CLIENT_FRAMES = /[\r\n]\u00a0/;

/** As clients before December 2018 wrote it, in each invocation: the whole line. */
const IMPORT_ERROR = /^Unable to import module '[^']*':/;
/** And an exception: `message: Type`, the traceback, `Type: message`; a `print` of the function can write it too. */
const TYPE_TWICE =
  /^[^]*?: ([\p{L}_][\p{L}\p{N}_]*)\s*[\r\n]+Traceback \(most recent call last\):[^]*[\r\n][\w.]*\1(?::|\s*$)/u;

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  if (IMPORT_ERROR.test(text)) return failure(null, "Runtime.ImportModuleError");
  const twice = text.startsWith("[") ? undefined : TYPE_TWICE.exec(text)?.[1];
  if (twice !== undefined) return doubtful(null, twice);
  if (WARNING.test(text))
    return failure(null, /\[ERROR\] ([\p{L}_][\p{L}\p{N}_.]*)/u.exec(text)?.[1] ?? null);
  if (LOGGER.test(text)) return { kind: "application", requestId: null, errorType: null };
  const errorType = RUNTIME_ERROR.exec(text)?.[1];
  if (errorType === undefined) return null;
  if (errorType.startsWith("Runtime.") || CLIENT_FRAMES.test(text)) return failure(null, errorType);
  // A `print` in the function can write exactly this. The client's own line looks the same if copying replaced its no-break spaces.
  return doubtful(null, errorType);
}

/** The client's object has no `message`. The object of a logger always has one. */
function readObject(object: JsonObject): RuntimeLine | null {
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
