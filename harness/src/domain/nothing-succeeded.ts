/** The most frequent error of a function of which no invocation succeeded, from the answers and the function's log. */
export interface NothingSucceeded {
  readonly failed: number;
  /** How many of the failed invocations had this error. */
  readonly times: number;
  readonly errorType: string | null;
  readonly errorMessage: string | null;
  /** Lines of the log that show where the error was thrown, or the last lines of a process that exited. Empty if the log shows neither. */
  readonly lines: readonly string[];
  readonly logStream: string | null;
}
