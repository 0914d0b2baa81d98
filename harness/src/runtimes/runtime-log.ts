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
}

/** A text with something in it. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
