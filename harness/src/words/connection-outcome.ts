/** When an attempt was made. `after-init`: after the Init phase and before the first invocation, by code that the Init had started. */
export const OPENED_IN = ["init", "after-init", "invoke", "shutdown"] as const;
export type OpenedIn = (typeof OPENED_IN)[number];

/** How a function's attempt to reach its peer ended, as a protocol reads it from the bytes of both sides. */
export const ATTEMPT_OUTCOMES = [
  /** The server serves this client. */
  "accepted",
  /** The server had no free place. It said so, or it ended the connection before it sent a byte. */
  "refused",
  /** The connection was open, and the server sent nothing. */
  "timed-out",
  /** The server did not accept the credentials, or does not know a name that the client gave. */
  "denied",
  /** The server says that it is stopping or starting, or no server listens. */
  "peer-down",
  /** The answer is encrypted, and the end of the connection does not show the outcome either. */
  "unreadable",
] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** How a connection ended. `evicted`: the server ended it because another connection came. */
export const CONNECTION_END_KINDS = ["closed", "evicted"] as const;
export type ConnectionEndKind = (typeof CONNECTION_END_KINDS)[number];

/** Which side ended a connection. `environment-end`: it ended with its environment. */
export const CONNECTION_ENDED_BY = ["function", "peer", "environment-end"] as const;
export type ConnectionEndedBy = (typeof CONNECTION_ENDED_BY)[number];
