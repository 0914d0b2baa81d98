/**
 * How the runtime client of a family writes to the log, read from one event at a time (docs/aws/runtime-logs.md). The platform calls an
 * invocation whose handler threw a success, so the client's own line is what marks the failure. Which invocation a line without a
 * request id belongs to, and what several lines mean together, is decided by those who see the whole stream.
 */

/** One decoded log event. */
export interface LogLine {
  readonly text: string;
  /** The text as a JSON object; null: it is none. */
  readonly object: Readonly<Record<string, unknown>> | null;
}

export interface RuntimeLine {
  /**
   * `application`: in the runtime's form, and certainly written by the function itself, such as an error that it handled.
   * `ambiguous`: the runtime and an application write exactly this.
   */
  readonly kind: "failed-invocation" | "failed-init" | "application" | "ambiguous";
  /** Null: the line names none. It belongs to the Init, or to the span from START to END, in which it lies. */
  readonly requestId: string | null;
  /** As the line says it; null: it does not. */
  readonly errorType: string | null;
}

/**
 * What a log lets through: `text` (every line), or the levels of the JSON format. `INFO` stands for INFO and everything below it. Null:
 * JSON, and nothing shows which level it is.
 */
export type LogFilter = "text" | "INFO" | "WARN" | "ERROR" | "FATAL" | null;

export interface RuntimeLog {
  /**
   * `frames`: the client gets a descriptor in `_LAMBDA_TELEMETRY_LOG_FD`, and one frame is one event, with its line ends. Null: it writes to
   * stdout and stderr, where each line is an event of its own.
   */
  readonly descriptor: "frames" | null;
  /** Each line that `read` answers contains one of these texts, so that other lines need not be read. */
  readonly marks: readonly string[];
  /** Null: this family's client does not write so. */
  readonly read: (line: LogLine) => RuntimeLine | null;
  /**
   * The filters behind which the client's line for a failed invocation is sure to be seen
   * (docs/aws/runtime-logs.md#would-a-failed-handler-be-seen). Empty: it may write none, so that its silence says nothing.
   */
  readonly shownBehind: readonly LogFilter[];
}

/** The client's own word that an invocation failed. `requestId`: null where the line names none. */
export function failure(requestId: string | null, errorType: string | null): RuntimeLine {
  return { kind: "failed-invocation", requestId: requestId === "-" ? null : requestId, errorType };
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Null: the text is no JSON object. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !isList(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

/** A text with something in it. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
