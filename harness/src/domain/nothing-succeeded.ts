/** The error of a function of which no invocation succeeded, as the run found it in the answers and in the function's log. */
export interface NothingSucceeded {
  readonly failed: number;
  /** How many of the failed invocations had this error. It is their most frequent error. */
  readonly times: number;
  readonly errorType: string | null;
  readonly errorMessage: string | null;
  /** The lines of the log that show where the error was thrown, for people. Empty if the log shows none. */
  readonly lines: readonly string[];
  /** The log stream with these lines. Null if there are none. */
  readonly logStream: string | null;
}
