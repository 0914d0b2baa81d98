/**
 * What `longrun probe` saw of a machine: how each of its silent connections went, and what that shows of the machine's places. Times are
 * milliseconds since the probe began.
 */
export interface ProbeReport {
  /** HOST:PORT */
  readonly address: string;
  /** When the probe began, as ISO 8601 in UTC. */
  readonly time: string;
  readonly lengthMs: number;
  readonly connections: readonly ProbedConnection[];
  readonly manner: ServerManner;
}

export interface ProbedConnection {
  /** From 1, in the order in which they were opened. */
  readonly number: number;
  readonly askedMs: number;
  /** Null if the machine did not take the connection. */
  readonly openedMs: number | null;
  /** The machine's first bytes. Null if it said nothing. */
  readonly greeting: Greeting | null;
  /** How the machine ended or refused the connection. Null if it did not. */
  readonly end: ProbedEnd | null;
  /** When the probe closed the connection. Null if the machine ended it, or if it was open until the end of the probe. */
  readonly closedMs: number | null;
}

export interface Greeting {
  readonly atMs: number;
  readonly bytes: number;
  /** The beginning of a SHA-256, so that two greetings can be compared. The bytes are not kept. */
  readonly digest: string;
}

export interface ProbedEnd {
  readonly atMs: number;
  readonly how: "refused" | "fin" | "reset" | "error";
  /** The system's error code, such as EHOSTUNREACH. Null for a FIN. */
  readonly code: string | null;
}

/**
 * What a machine does to the client that is one too many. A close with unread bytes sends RST, so FIN and RST are the same manner. A client
 * that `waits` may be connected (in the system's queue) or not (its request to connect has no answer).
 */
export type WhenFull = "does-not-listen" | "closes" | "says-and-closes" | "waits" | "ends-older";

/**
 * Why the manner is unknown. `silence`: no client was greeted and none was turned away. `all-served`: each client was greeted like the first.
 * `first-not-held`: the machine ended the first connection. `idle-limit`: it ends every client that says nothing after a time.
 * `greeted-differently`: a later client got other first bytes and stayed connected.
 */
export type MannerUnknown =
  "silence" | "all-served" | "first-not-held" | "idle-limit" | "greeted-differently";

export interface ServerManner {
  /** How many clients the machine served when it was full. Null if this was not seen. */
  readonly places: number | null;
  readonly whenFull: WhenFull | null;
  readonly unknown: MannerUnknown | null;
  /** From the connection (or the request to connect) to the end of the client that was one too many. Null if no client was turned away. */
  readonly turnsAwayAfterMs: number | null;
  /** How long after the close of a served client its place was free. Null if this was not seen. */
  readonly freesAfterMs: { readonly moreThan: number; readonly atMost: number } | null;
}
