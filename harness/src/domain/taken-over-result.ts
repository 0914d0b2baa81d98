/** Connections that one environment of a function took over from another one, as in result.json (docs/checks.md#takeover). */
export interface TakenOverResult {
  readonly total: number;
  /** Takeovers that were part of a series in which two environments took the connection from each other in turn. */
  readonly inTurn: number;
  /** Invocations that lost their connection in this way, waited for another connection and got it. */
  readonly delayed: number;
  /** 0 if no invocation waited. */
  readonly longestWaitMs: number;
  readonly pairs: readonly {
    /** The environment that got the connection, and the one that lost it. */
    readonly evicter: string;
    readonly victim: string;
    readonly times: number;
  }[];
}

export interface InvocationTakenOver {
  /** The environment that took over the connection; the last one if there were several. */
  readonly by: string;
  /** How long the invocation had no connection. Null if the invocation got no other connection. */
  readonly waitedMs: number | null;
}
