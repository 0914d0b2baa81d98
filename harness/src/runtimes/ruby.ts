/** Ruby (docs/aws/runtime-logs.md#ruby). The engine does not run Ruby functions; only their logs are read. */
import { textOf } from "../domain/json-object.ts";
import type { RuntimeFamily } from "./runtime-family.ts";
import { doubtful, failure, isList, type LogLine, type RuntimeLine } from "./runtime-log.ts";

export const ruby = {
  name: "ruby",
  title: "Ruby",
  language: "ruby",
  versions: [],
  log: {
    descriptor: "frames",
    marks: [
      "Error raised from handler method",
      "Critical exception from handler",
      "Init error when loading handler",
      "errorType",
    ],
    read: readLine,
    shownBehind: ["text", "INFO"],
    alike: {
      Text: "`puts` of the client's first line, until its second follows",
      JSON: "`puts` of the client's first line, until its second follows",
    },
  },
  local: null,
} as const satisfies RuntimeFamily;

/**
 * The first of the two events that the client writes. A function could print the same sentence, so the object in the second event decides
 * whether the invocation failed.
 */
const SENTENCE =
  /^(?:Error raised from handler method|Critical exception from handler|Init error when loading handler)\s*$/;
/** The client writes the object over several lines. On one line it is what a function prints of the answer of another function. */
const ONE_LINE = /^\{"[^\r\n]*\s*$/;
const WRAPPED = /^(Function|Init|Runtime)<([^<>]+)>$/;

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object === null) return SENTENCE.test(text) ? doubtful(null, null) : null;
  const [, where, errorType] = WRAPPED.exec(textOf(object["errorType"]) ?? "") ?? [];
  if (errorType === undefined || typeof object["errorMessage"] !== "string" || !isList(object["stackTrace"]))
    return null;
  if (ONE_LINE.test(text)) return doubtful(null, errorType);
  return where === "Init" ? { kind: "failed-init", requestId: null, errorType } : failure(null, errorType);
}
