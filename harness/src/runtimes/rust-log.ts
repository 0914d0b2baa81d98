/** The line of Rust's client for a failed invocation, where the function has a tracing subscriber; without one it writes nothing. */
import { failure, textOf, type LogLine, type RuntimeLine } from "./runtime-log.ts";

const SPAN = "Lambda runtime invoke";
/** Subscribers colour their lines by default. */
const COLOURS = /\u001b\[[\d;]*m/g;
const FAILED =
  /(?:^|\s)ERROR\s+Lambda runtime invoke\{[^}]*?requestId="?([0-9A-Za-z-]{8,64})"?[^}]*\}: ([^]*)$/;
const TARGET = /^lambda_runtime::/;
const PANIC = /^user handler panicked\b/;

export function readRustLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  if (!text.includes(SPAN)) return null;
  const [, requestId = null, said = ""] = FAILED.exec(text.replace(COLOURS, "")) ?? [];
  return requestId === null ? null : told(requestId, said, null);
}

function readObject({ level, span, fields, target }: Readonly<Record<string, unknown>>): RuntimeLine | null {
  const { name, requestId } = members(span);
  const message = textOf(members(fields)["message"]);
  if (level !== "ERROR" || message === null) return null;
  if (name === SPAN) return told(textOf(requestId), message, textOf(target));
  // A subscriber at WARN leaves the span out, and the id with it.
  return PANIC.test(message) || TARGET.test(textOf(target) ?? "") ? failure(null, null) : null;
}

/** The function's own `error!` inside its handler has the same form, unless the target or the client's sentence tells. */
function told(requestId: string | null, message: string, target: string | null): RuntimeLine {
  return TARGET.test(target ?? message) || PANIC.test(message)
    ? failure(requestId, null)
    : { kind: "ambiguous", requestId, errorType: null };
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
