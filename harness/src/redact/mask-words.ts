/**
 * Replaces the words of a text, except the words of the platform and the runtimes, so that lines of the platform and the runtimes are still
 * recognised.
 */
import { FAMILIES } from "../runtimes/all-runtimes.ts";
import { errorType } from "./names.ts";
import type { Replacements } from "./replacements.ts";
import { VERSION_TEXT, versionText } from "./runtime-rules.ts";

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
const KEPT = new Set([
  ...FAMILIES.flatMap(({ log }) => log.words?.match(WORD) ?? []),
  ...`START END REPORT INIT_START INIT_REPORT RESTORE_START RESTORE_REPORT EXTENSION TELEMETRY XRAY LOGS IMAGE RequestId Version Duration Billed
  Memory Size Max Used Init Restore Runtime Phase Status Error Type ms MB success failure error timeout init invoke snap start SegmentId Sampled
  Task timed out after seconds Process exited before completing request with exit status signal killed Launch Unknown application occurred
  TRACE DEBUG INFO WARN WARNING ERROR FATAL SEVERE UNDEFINED fail crit Exception errorType errorMessage
  stackTrace stack trace cause level message msg type time timestamp record requestId AWSRequestId function_request_id phase platform initStart initReport
  initRuntimeDone runtimeDone report restoreStart restoreReport restoreRuntimeDone invokeStart invokeSummary metrics durationMs
  null true false at by in on an for not most call to line name module class method handler runtime longrun`.split(
    /\s+/,
  ),
]);
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
const GO_TIME = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/;
const STREAM = /^\d{4}\/\d\d\/\d\d\//;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MEASURED = /^\d{1,10}(?:\.\d+)?$/;
const TOKEN = new RegExp(
  [
    // The time that Go's client writes.
    String.raw`\d{4}/\d\d/\d\d \d\d:\d\d:\d\d`,
    String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z`,
    String.raw`\d{4}/\d\d/\d\d/[^[\]\s"]*\[[^[\]\s"]+\]\[?[0-9a-f]{3,32}\]?`,
    String.raw`arn:[^\s"]+`,
    String.raw`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`,
    String.raw`\$LATEST`,
    // A line end or a TAB in a JSON text.
    String.raw`\\[nrt]`,
    VERSION_TEXT,
    String.raw`\d+(?:\.\d+)?(?![\p{L}\p{N}_$])`,
    String.raw`(?:[\p{L}_$][\p{L}\p{N}_$]*\.)*[\p{L}_$][\p{L}\p{N}_$]*`,
    String.raw`[\p{L}\p{N}_$]+`,
  ].join("|"),
  "gu",
);

export function maskWords(names: Replacements, text: string): string {
  return text.replace(TOKEN, (token, ...rest: readonly unknown[]) => {
    if (
      KEPT.has(token) ||
      /^(?:\$LATEST|\\.)$/.test(token) ||
      TIME.test(token) ||
      GO_TIME.test(token) ||
      versionText(token) !== null
    )
      return token;
    if (token.startsWith("arn:")) return "arn:aws";
    if (STREAM.test(token)) return names.streamsIn(token);
    if (UUID.test(token)) return names.id(token);
    if (/^\d/.test(token))
      return MEASURED.test(token) && isMeasured(text, Number(rest.at(-2)), token) ? token : "0";
    return errorType(names, token);
  });
}

/** A number counts as measured if a unit follows it, or if it follows words after which the platform writes a number. */
function isMeasured(text: string, at: number, number: string): boolean {
  return (
    /^\s*(?:ms|MB|seconds)\b/.test(text.slice(at + number.length)) ||
    /(?:Version: |exit status |response code: -?)$/.test(text.slice(0, at))
  );
}
