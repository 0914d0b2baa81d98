/** Ruby (docs/aws/runtime-logs.md#ruby). Its functions are not run locally; their logs are read. */
import type { RuntimeFamily } from "./runtime-family.ts";
import { failure, isList, textOf, type LogLine, type RuntimeLine } from "./runtime-log.ts";

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
  },
  local: null,
} as const satisfies RuntimeFamily;

/** The first of the client's two events. A function could print the sentence; the object behind it decides. */
const SENTENCE =
  /^(?:Error raised from handler method|Critical exception from handler|Init error when loading handler)\s*$/;
const WRAPPED = /^(Function|Init|Runtime)<([^<>]+)>$/;

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object === null)
    return SENTENCE.test(text) ? { kind: "ambiguous", requestId: null, errorType: null } : null;
  const [, where, errorType] = WRAPPED.exec(textOf(object["errorType"]) ?? "") ?? [];
  if (errorType === undefined || typeof object["errorMessage"] !== "string" || !isList(object["stackTrace"]))
    return null;
  return where === "Init" ? { kind: "failed-init", requestId: null, errorType } : failure(null, errorType);
}
