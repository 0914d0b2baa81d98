/** The error of a function of which no invocation succeeded, as the run found it in the answers and in the function's log. */
export interface NothingSucceeded {
  readonly failed: number;
  /** How many of the failed invocations had this error. It is their most frequent error. */
  readonly times: number;
  readonly errorType: string | null;
  readonly errorMessage: string | null;
  /**
   * For people: the lines of the log that show where the error was thrown, or the last lines of a process that exited. Empty if the log shows
   * neither.
   */
  readonly lines: readonly string[];
  /** The log stream with these lines. Null if there are none. */
  readonly logStream: string | null;
}
