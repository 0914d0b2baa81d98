/** How an attempt of a function to reach its peer came out, as a protocol says it from the bytes of both sides. */
export const ATTEMPT_OUTCOMES = [
  /** The server serves this client. */
  "accepted",
  /** The server had no place: it said so, or it ended the connection before its first byte. */
  "refused",
  /** The connection was open and nothing came. */
  "timed-out",
  /** The server said no for want of credentials, or for a name that it does not know. */
  "denied",
  /** The server says that it is stopping or starting, or nothing listens. */
  "peer-down",
  /** TLS hides the answer. */
  "unreadable",
] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** How a connection ended. `evicted`: because another one came. */
export const CONNECTION_ENDS = ["closed", "evicted"] as const;
export type ConnectionEndKind = (typeof CONNECTION_ENDS)[number];
