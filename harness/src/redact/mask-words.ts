/** Replaces the words of a text, except the words of the platform and the runtimes, so that their lines are still recognised. */
import { errorType } from "./names.ts";
import type { Replacements } from "./replacements.ts";

const KEPT = new Set(
  `START END REPORT INIT_START INIT_REPORT RESTORE_START RESTORE_REPORT EXTENSION TELEMETRY XRAY LOGS IMAGE RequestId Version Duration Billed
  Memory Size Max Used Init Restore Runtime Phase Status Error Type ms MB success failure error timeout init invoke snap start SegmentId Sampled
  Task timed out after seconds Process exited before completing request with exit status signal killed Launch Unknown application occurred
  TRACE DEBUG INFO WARN WARNING ERROR FATAL SEVERE UNDEFINED Invoke Uncaught Exception Unhandled Promise Rejection errorType errorMessage
  stackTrace stack trace cause level message msg type time timestamp record requestId AWSRequestId phase platform initStart initReport
  initRuntimeDone runtimeDone report restoreStart restoreReport restoreRuntimeDone invokeStart invokeSummary metrics durationMs
  null true false at Caused by Suppressed more Traceback most recent call last File line in Unable to import module Class not found No public
  method named appropriate signature on class does implement an handler interface concrete parameters Invalid for runtime span fields target name
  user panicked lambda_runtime LAMBDA_RUNTIME Failed post response Http code reset ref longrun`.split(/\s+/),
);
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
const STREAM = /^\d{4}\/\d\d\/\d\d\//;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const RUNTIME = /^(?:nodejs|python|java|dotnet|ruby|provided|go):[\w.]+$/;
const MEASURED = /^\d{1,10}(?:\.\d+)?$/;
const TOKEN = new RegExp(
  [
    String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z`,
    String.raw`\d{4}/\d\d/\d\d/[^[\]\s"]*\[[^[\]\s"]+\]\[?[0-9a-f]{3,32}\]?`,
    String.raw`arn:[^\s"]+`,
    String.raw`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`,
    String.raw`\$LATEST`,
    String.raw`(?:nodejs|python|java|dotnet|ruby|provided|go):[\w.]+`,
    String.raw`\d+(?:\.\d+)?(?![\p{L}\p{N}_$])`,
    String.raw`(?:[\p{L}_$][\p{L}\p{N}_$]*\.)*[\p{L}_$][\p{L}\p{N}_$]*`,
    String.raw`[\p{L}\p{N}_$]+`,
  ].join("|"),
  "gu",
);

export function maskWords(names: Replacements, text: string): string {
  return text.replace(TOKEN, (token, ...rest: readonly unknown[]) => {
    if (KEPT.has(token) || token === "$LATEST" || TIME.test(token) || RUNTIME.test(token)) return token;
    if (token.startsWith("arn:")) return "arn:aws";
    if (STREAM.test(token)) return names.streamsIn(token);
    if (UUID.test(token)) return names.id(token);
    if (/^\d/.test(token))
      return MEASURED.test(token) && isMeasured(text, Number(rest.at(-2)), token) ? token : "0";
    return errorType(names, token);
  });
}

/** A measured number has a unit after it, or words before it after which the platform writes a number. */
function isMeasured(text: string, at: number, number: string): boolean {
  return (
    /^\s*(?:ms|MB|seconds)\b/.test(text.slice(at + number.length)) ||
    /(?:Version: |exit status |response code: -?)$/.test(text.slice(0, at))
  );
}
