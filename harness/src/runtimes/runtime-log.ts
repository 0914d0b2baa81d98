/**
 * How the runtime client of a family writes failures to the log (docs/aws/runtime-logs.md). The platform reports a success even if the
 * handler threw, so only the client's own line shows the failure.
 */
import type { HidingLevel, LogFormat } from "../domain/platform-words.ts";
import type { JsonObject } from "../domain/json-object.ts";
import type { LineMarks } from "./line-marks.ts";

export interface LogLine {
  readonly text: string;
  readonly object: JsonObject | null;
  /** The text was cut off. Then `object` has the members that are left. */
  readonly cut?: boolean;
}

export interface RuntimeLine {
  /**
   * `application`: the line has the runtime's form, but the function certainly wrote it, such as for an error that it handled. `ambiguous`:
   * the runtime and a function can both write exactly this line.
   */
  readonly kind: "failed-invocation" | "failed-init" | "application" | "ambiguous";
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
  /** `read` is called only for lines with one of these marks. */
  readonly marks: LineMarks;
  /** Returns null if the client of this family does not write such a line. */
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
  /**
   * Text in Markdown that says what a function can write that looks exactly like the client's line. Null if there is nothing.
   * docs/analyze.md has a table of these texts.
   */
  readonly alike: Readonly<Record<LogFormat, string | null>>;
}

export function failure(requestId: string | null, errorType: string | null): RuntimeLine {
  return { kind: "failed-invocation", requestId: requestId === "-" ? null : requestId, errorType };
}

/** For a line that either of two could have written: the client for a failure, or a function for an error that it handled. */
export function doubtful(requestId: string | null, errorType: string | null): RuntimeLine {
  return { kind: "ambiguous", requestId: requestId === "-" ? null : requestId, errorType };
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
