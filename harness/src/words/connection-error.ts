/**
 * How an error says that a connection could not be made or was lost. `nothing-listened`: the machine refused it, because nothing listened.
 * `full`: the server said that it has no place. `reset`: the connection was closed or reset. `timed-out`: no answer came in time.
 */
export const CONNECTION_ERRORS = ["nothing-listened", "full", "reset", "timed-out"] as const;
export type ConnectionError = (typeof CONNECTION_ERRORS)[number];
