/** Finds out why no invocation of a function succeeds. After the first success, nothing more is stored. */
import type { InvocationOutcome } from "../record/invocation.ts";
import type { LogRecord } from "../record/log-record.ts";
import type { NothingSucceeded } from "../record/nothing-succeeded.ts";
import { errorPlace } from "../catalogue/runtimes/error-place.ts";
import { linesBeforeExit } from "../catalogue/runtimes/log-excerpt.ts";
import { reasonOf, type FunctionError } from "../catalogue/runtimes/unloadable.ts";

/** A single failure may have a temporary cause. */
const FAILED_BEFORE_SAID = 2;
const RECORDS_MAX = 500;
const ERRORS_MAX = 50;
const MESSAGE_MAX = 1_000;

/** The types of the errors that the platform reports for a process that exited (docs/aws/runtime-logs.md). */
const EXITED: ReadonlySet<string> = new Set(["Runtime.ExitError", "Runtime.OutOfMemory"]);

export class FailureWatch {
  #succeeded = false;
  #said = false;
  #failed = 0;
  readonly #errors = new Map<string, { readonly error: FunctionError; times: number }>();
  readonly #records: LogRecord[] = [];

  ended(outcome: InvocationOutcome): void {
    if (this.#succeeded) return;
    if (outcome.outcome === "succeeded") {
      this.#succeeded = true;
      this.#errors.clear();
      this.#records.length = 0;
      return;
    }
    this.#failed += 1;
    if (outcome.outcome !== "function-error") return;
    const text = reasonOf(outcome);
    const known = this.#errors.get(text);
    if (known !== undefined) known.times += 1;
    else if (this.#errors.size < ERRORS_MAX) this.#errors.set(text, { error: outcome, times: 1 });
  }

  logged(records: readonly LogRecord[]): void {
    if (this.#succeeded) return;
    this.#records.push(...records.slice(0, RECORDS_MAX - this.#records.length));
  }

  /** Null if an invocation succeeded, or if none failed with an error of the function. */
  get nothingSucceeded(): NothingSucceeded | null {
    if (this.#succeeded) return null;
    let most: { readonly error: FunctionError; readonly times: number } | null = null;
    for (const one of this.#errors.values()) if (one.times > (most?.times ?? 0)) most = one;
    if (most === null) return null;
    const { error, times } = most;
    return {
      failed: this.#failed,
      times,
      errorType: error.errorType,
      errorMessage: error.errorMessage?.slice(0, MESSAGE_MAX) ?? null,
      ...this.#place(error),
    };
  }

  /**
   * Returns the most frequent error in one line, but only once: after two failures if the log shows the place of the error, else after
   * four. Every other call returns null.
   */
  firstError(): string | null {
    if (this.#said || this.#succeeded || this.#failed < FAILED_BEFORE_SAID) return null;
    const found = this.nothingSucceeded;
    if (found === null || (found.lines.length === 0 && this.#failed < 2 * FAILED_BEFORE_SAID)) return null;
    this.#said = true;
    const place = found.lines.length === 0 ? "" : ` (${found.lines.join("; ")})`;
    return `${reasonOf({ outcome: "function-error", ...found })}${place}`;
  }

  /** The place of the error, or else the last lines of a process that exited. */
  #place(error: FunctionError): Pick<NothingSucceeded, "lines" | "logStream"> {
    const place = this.#firstStream((messages) => errorPlace(messages, error));
    const exited = EXITED.has(error.errorType ?? "");
    return place.logStream === null && exited ? this.#firstStream(linesBeforeExit) : place;
  }

  #firstStream(
    linesIn: (messages: readonly string[]) => readonly string[],
  ): Pick<NothingSucceeded, "lines" | "logStream"> {
    for (const logStream of new Set(this.#records.map((record) => record.logStreamName))) {
      const own = this.#records.filter((record) => record.logStreamName === logStream);
      const lines = linesIn(own.map(({ message }) => message));
      if (lines.length > 0) return { lines, logStream };
    }
    return { lines: [], logStream: null };
  }
}
