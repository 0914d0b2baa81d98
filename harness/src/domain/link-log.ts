/**
 * A record of the link log: what a link of the engine saw of one connection between an environment and the peer. A link belongs to one
 * environment, so the environment in the record is certain. Only local runs have link logs, and no check requires them. There is one JSON
 * object on each line of `logs/link-<label>.jsonl`.
 */
import { CONNECTION_ENDED_BY, type AttemptOutcome, type ConnectionEndKind } from "./connection-outcome.ts";
import type { ServerLimit } from "./peer-log.ts";
import { ENDINGS, type Ending } from "./plan.ts";

export const LINK_ENDED_BY = [...CONNECTION_ENDED_BY, "engine-exit"] as const;

export const LINK_EVENTS = [
  "opened",
  "connected",
  "connect-failed",
  "answered",
  "recognised",
  "half-closed",
  "closed",
  "silenced",
] as const;

/** How an ended connection ended. */
export const CONNECTION_ENDINGS = ENDINGS.filter((ending) => ending !== "silence");

export interface LinkLogRecord {
  /** ISO 8601 UTC. */
  readonly time: string;
  /**
   * `opened`: the function's side connected to the link. `connected` / `connect-failed`: the link's own connect to the peer succeeded or
   * failed. `answered`: the peer's first byte came. `half-closed`: one side sent the first FIN; the other side may stay open, because Go,
   * Python and Java do not close a connection when they read the end of the stream. `closed`: the peer-side socket is gone. `silenced`: the
   * environment ended without closing the connection, and the peer-side socket stays open. `recognised`: the bytes show the outcome in the
   * server's own protocol, or TLS hides it (`unreadable`; another `recognised` follows if the outcome shows later).
   */
  readonly event: (typeof LINK_EVENTS)[number];
  /** Name of the function as the engine knows it. */
  readonly functionName: string;
  /** Log stream of the environment. */
  readonly environment: string;
  /** The name of the peer. Absent if the function has only one. */
  readonly peer?: string;
  /** The number of the process in that environment: 1, 2, … */
  readonly boot: number;
  /** The number of the connection. It is unique within the engine's life. */
  readonly connection: number;
  /** The local address of the link's socket to the peer. Without a proxy in between, the peer sees this address. Null before it is connected. */
  readonly upstreamLocal: string | null;
  /**
   * For `half-closed`: `function` or `peer`, and `environment-end` only if the server had answered and the outcome was not known yet. For
   * `closed`: who ended the connection. The judgement ignores `engine-exit`.
   */
  readonly by: (typeof LINK_ENDED_BY)[number] | null;
  /** For `closed`: how the connection ended. For all other events: null. */
  readonly ending: Exclude<Ending, "silence"> | null;
  /** Whether the peer has sent any byte on this connection. */
  readonly answered: boolean;
  /** The error code of the system, for `connect-failed` and resets. */
  readonly error: string | null;
  /**
   * For `recognised`, `silenced` and `closed`, and sometimes for `half-closed`: the protocol of the first bytes. The members below say what
   * the bytes mean in this protocol. This member and the members below are absent if no byte was sent, or if an older engine wrote the
   * line. The bytes themselves are not kept, because they may contain a password.
   */
  readonly protocol?: string;
  /** The version of the protocol catalogue that read the bytes. */
  readonly catalogue?: number;
  readonly outcome?: AttemptOutcome | null;
  /** The server's own code and text. */
  readonly code?: string | null;
  readonly text?: string | null;
  /** The name that the client gave itself. */
  readonly clientName?: string | null;
  /** The number by which the server's own log names the connection. */
  readonly session?: string | null;
  /** Which clients are counted by the limit that made the server refuse. Absent if the server's message does not say it. */
  readonly limit?: Exclude<ServerLimit, "none">;
  /** The user and the database that the client named in clear. Absent if the protocol has none, or if they were encrypted. */
  readonly user?: string;
  readonly database?: string;
  /** False if the server refused for another reason than a lack of places. */
  readonly countsPlaces?: false;
  /** `evicted`: the server said that it ended the connection for another client. */
  readonly end?: ConnectionEndKind;
  /** Whether the function ended the connection with the protocol's own message, its goodbye. */
  readonly goodbye?: boolean | null;
  /** When the link read the goodbye, in ISO 8601 UTC. The server may close the connection much later. Absent without a goodbye. */
  readonly goodbyeAt?: string;
  /** The first bytes as text, if they are not bytes of the protocol that the user named. */
  readonly contradiction?: string;
}
