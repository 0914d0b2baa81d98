/** The outcome of one planned invocation, as the driver knows it. Each member of the union has only the facts of that outcome. */
export type InvocationOutcome =
  | { readonly outcome: "succeeded" }
  /** The function failed: it threw, timed out, crashed, or its answer failed `--success`. */
  | {
      readonly outcome: "function-error";
      readonly errorType: string | null;
      readonly errorMessage: string | null;
    }
  /** Lambda refused the invocation because of concurrency (429). */
  | { readonly outcome: "throttled"; readonly reason: string | null }
  /**
   * Lambda refused the invocation for another reason, or failed (4xx, 5xx). The status is null if the error came before the request was sent, so
   * that no invocation began.
   */
  | {
      readonly outcome: "invocation-error";
      readonly errorType: string | null;
      readonly errorMessage: string | null;
      readonly status: number | null;
    }
  /** No complete answer came: the connection broke or the client gave up. The function may have run. */
  | { readonly outcome: "unknown"; readonly errorMessage: string | null };

/** The error type of an invocation that succeeded for Lambda, but whose answer does not satisfy `--success`. */
export const SUCCESS_EXPRESSION_ERROR = "Longrun.SuccessExpression";

export const INVOCATION_OUTCOMES = [
  "succeeded",
  "function-error",
  "throttled",
  "invocation-error",
  "unknown",
] as const satisfies readonly InvocationOutcome["outcome"][];
export type InvocationOutcomeName = (typeof INVOCATION_OUTCOMES)[number];
