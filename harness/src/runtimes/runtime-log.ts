/**
 * How the runtime client of a family writes failures to the log, read one event at a time (docs/aws/runtime-logs.md). The platform reports
 * a success even if the handler threw, so only the client's own line shows the failure. analysis/timeline sees the complete stream, so it
 * decides to which invocation a line without a request id belongs, and what several lines mean together.
 */
import type { LogFormat } from "../domain/platform-words.ts";
import type { JsonObject } from "../domain/json-object.ts";
import type { LineMarks } from "./line-marks.ts";

/** One decoded log event. */
export interface LogLine {
  readonly text: string;
  /** The text as a JSON object. Null if the text is not a JSON object. */
  readonly object: JsonObject | null;
  /** Whether the text was cut off. Then `object` has the members that are left. */
  readonly cut?: boolean;
}

export interface RuntimeLine {
  /**
   * `application`: the line has the runtime's form, but the function certainly wrote it, for example for an error that it handled.
   * `ambiguous`: the runtime and an application can both write exactly this line.
   */
  readonly kind: "failed-invocation" | "failed-init" | "application" | "ambiguous";
  /** Null if the line names no request id. It then belongs to the Init, or to the span from START to END, that contains it. */
  readonly requestId: string | null;
  /** The error type in the line, or null if the line names none. */
  readonly errorType: string | null;
}

/**
 * Which lines reach the log: `text` means all lines. A level means the JSON format with the lines of at least this level. `INFO` also
 * stands for the levels below it. Null if the log is JSON and nothing shows its level.
 */
export type LogFilter = "text" | "INFO" | "WARN" | "ERROR" | "FATAL" | null;

export interface RuntimeLog {
  /**
   * `frames`: the client gets a file descriptor in `_LAMBDA_TELEMETRY_LOG_FD`, and each frame that it writes there is one event, which may
   * have several lines. Null: the client writes to stdout and stderr, where each line is one event.
   */
  readonly descriptor: "frames" | null;
  /** Each line that `read` recognises has one of these marks. `read` is not called for other lines, and log files are skimmed for the marks. */
  readonly marks: LineMarks;
  /** Returns null if the client of this family does not write such a line. */
  readonly read: (line: LogLine) => RuntimeLine | null;
  /**
   * The filters that certainly do not hide the client's line for a failed invocation
   * (docs/aws/runtime-logs.md#would-a-failed-handler-be-seen). Empty if the client may write no line at all; a missing line then proves
   * nothing.
   */
  readonly shownBehind: readonly LogFilter[];
  /**
   * What a function can write that looks exactly like the client's line, by log format, in Markdown. Null if there is nothing. The table in
   * docs/analyze.md shows it.
   */
  readonly alike: Readonly<Record<LogFormat, string | null>>;
}

/** Returns the reading of a line by which the client reports a failed invocation. `requestId` is null if the line names none. */
export function failure(requestId: string | null, errorType: string | null): RuntimeLine {
  return { kind: "failed-invocation", requestId: requestId === "-" ? null : requestId, errorType };
}

/**
 * Returns the reading of a line that can have two meanings: the client writes it for a failure, and a function writes it for an error that it
 * handled.
 */
export function doubtful(requestId: string | null, errorType: string | null): RuntimeLine {
  return { kind: "ambiguous", requestId: requestId === "-" ? null : requestId, errorType };
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
