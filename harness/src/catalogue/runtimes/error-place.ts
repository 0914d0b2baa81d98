/** Finds the lines of a log that show where an error was thrown: its cause, and the first frame of the function's own code. */
import { asJsonObject, parseJsonObject, type JsonObject } from "../../base/json-object.ts";
import { isForeignFrame } from "./all-runtimes.ts";

const COLUMNS_SHOWN = 300;

/** Lines of a process that is ended by an error which its runtime client never saw. */
const LAST_WORDS =
  /panicked at |^(?:panic|fatal error|Fatal|FATAL|Error|Unhandled exception|Exception in thread)\b|terminate called|^Traceback /;

/** `messages` are the events of one log stream, in order. Returns at most three lines, and none if no line shows the place. */
export function errorPlace(
  messages: readonly string[],
  { errorMessage }: { readonly errorMessage: string | null },
): readonly string[] {
  const lines = messages
    .filter((message) => !/"type":"platform\.|LAMBDA_WARNING: /.test(message))
    .flatMap(linesOf);
  const said = errorMessage?.split("\n", 1)[0]?.trim() ?? "";
  // After `Runtime exited`, only lines of the process itself show the cause. Other errors of the platform, such as a time-out, have no
  // place in the code.
  const exited = /^RequestId: .*Runtime exited/.test(said);
  if (said.startsWith("RequestId: ") && !exited) return [];
  const named = exited || said === "" ? -1 : lines.findIndex((line) => line.includes(said));
  const from = named === -1 ? lines.findIndex((line) => LAST_WORDS.test(line)) : named;
  if (from === -1) return [];
  const error = lines.slice(from, endOf(lines, from));
  const cause = causeIn(error, named === -1);
  return [...cause, ...placeIn(error, cause.length)].map((line) => line.trim().slice(0, COLUMNS_SHOWN));
}

/** If the error is written twice, the first copy ends where the second one begins. */
function endOf(lines: readonly string[], from: number): number {
  const again = lines.findIndex((line, index) => index > from + 1 && line === lines[from]);
  return again === -1 ? lines.length : again;
}

/**
 * Returns Java's last `Caused by:` line. If there is none, and `unsaid` is true (the error message does not contain the error's first
 * line), returns that first line, or the first two lines for a panic in Rust. Python names the error below the frames.
 */
function causeIn(error: readonly string[], unsaid: boolean): readonly string[] {
  const cause = error.findLast((line) => line.startsWith("Caused by: "));
  if (cause !== undefined) return [cause];
  const [first = "", second = ""] = error;
  if (!unsaid) return [];
  const traceback = error.findIndex((line) => line.startsWith("Traceback "));
  const raised = traceback === -1 ? undefined : error.slice(traceback + 1).find((line) => /^\S/.test(line));
  if (raised !== undefined) return [raised];
  return first.includes("panicked at ") && first.trimEnd().endsWith(":") ? [first, second] : [first];
}

function placeIn(error: readonly string[], after: number): readonly string[] {
  const cause = error.findLastIndex((line) => line.startsWith("Caused by: "));
  const rest = error.slice(Math.max(after, cause + 1));
  // Python writes the innermost frame last, and below each frame its line of code.
  const python = rest.findLastIndex((line) => /^\s*File "/.test(line) && !isForeignFrame(line));
  if (python !== -1) {
    const code = rest[python + 1] ?? "";
    return [/^\s+(?!File ")/.test(code) ? `${rest[python] ?? ""}: ${code.trim()}` : (rest[python] ?? "")];
  }
  const frame = rest.find((line) => /^\s+at /.test(line) && !isForeignFrame(line));
  if (frame !== undefined) return [frame];
  // Go writes the file of a frame on the next line.
  const go = rest.find((line) => /^\t\S+\.go:\d+/.test(line) && !/\/src\/runtime\/|@v\d/.test(line));
  return go === undefined ? [] : [`at ${go.trim()}`];
}

/** An error in JSON becomes the lines of its message and its frames. A text may come before the JSON. */
function linesOf(event: string): readonly string[] {
  const message = event.trimEnd();
  const object =
    parseJsonObject(message) ?? parseJsonObject(message.slice(Math.max(0, message.indexOf("{"))));
  if (object === null) return message.split(/[\r\n]+/);
  const inner = asJsonObject(object["message"]) ?? object;
  if (typeof inner["errorMessage"] === "string")
    return [...inner["errorMessage"].split("\n"), ...framesOf(inner)];
  return typeof inner["message"] === "string" ? inner["message"].split(/[\r\n]+/) : message.split(/[\r\n]+/);
}

function framesOf({ stackTrace, stack, trace }: JsonObject): readonly string[] {
  const frames = [stackTrace, stack, trace].find((one) => Array.isArray(one)) as
    readonly unknown[] | undefined;
  return (frames ?? []).flatMap((frame) => {
    if (typeof frame === "string") return frame.trimEnd().split("\n");
    const { path, line, label } = asJsonObject(frame) ?? {};
    return typeof path === "string" ? [`  at ${String(label)} (${path}:${String(line)})`] : [];
  });
}
