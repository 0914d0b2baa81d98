/**
 * How the runtime client of a family writes failures to the log (docs/aws/runtime-logs.md). The platform reports a success even if the
 * handler threw, so only the client's own line shows the failure.
 */
import type { HidingLevel } from "../../words/platform-words.ts";
import type { JsonObject } from "../../base/json-object.ts";

export interface LogLine {
  readonly text: string;
  readonly object: JsonObject | null;
}

export interface RuntimeLine {
  /** `ambiguous`: the client can have written the line, also if its level is below error, and a function can have written it too. */
  readonly kind: "failed-invocation" | "failed-init" | "ambiguous";
  /** Null if the line names no request id. Then the line belongs to the Init, or to the span from START to END, in which it was written. */
  readonly requestId: string | null;
  readonly errorType: string | null;
}

/**
 * Which lines reach the log. `text`: all lines. A level: the log is JSON and has the lines of at least this level. `INFO` also stands for
 * the levels below it. Null if the log is JSON of an unknown level.
 */
export type LogFilter = "text" | HidingLevel | null;

export interface RuntimeLog {
  /**
   * `frames`: the client gets a descriptor in `_LAMBDA_TELEMETRY_LOG_FD`, and each frame on it is one event, which may have several lines.
   * Null: each line on stdout or stderr is one event.
   */
  readonly descriptor: "frames" | null;
  /**
   * Returns null unless the line is exactly as the client of this family writes it, and nothing else writes it. Every other line that could
   * speak of a failure leaves the outcome unknown (logs/error-shape.ts), so it needs no rule here, unless the client writes its words at a
   * level below error.
   */
  readonly read: (line: LogLine) => RuntimeLine | null;
  /**
   * A line for each result that `read` can have. Nothing in it is of a function except the id and the error type. `longrun redact` writes the
   * line with the same result in place of a function's own line.
   */
  readonly bareLines: (requestId: string, errorType: string) => readonly string[];
  /** Matches stack frames of the runtime, of its client and of the standard library. */
  readonly foreignFrames?: RegExp;
  /**
   * Filters that certainly do not hide the client's line for a failed invocation (docs/aws/runtime-logs.md#would-a-failed-handler-be-seen).
   * Empty if the client may write no line at all.
   */
  readonly shownBehind: readonly LogFilter[];
}

export function failure(requestId: string | null, errorType: string | null): RuntimeLine {
  return { kind: "failed-invocation", requestId: requestId === "-" ? null : requestId, errorType };
}

export function doubtful(): RuntimeLine {
  return { kind: "ambiguous", requestId: null, errorType: null };
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
