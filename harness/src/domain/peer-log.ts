/**
 * The form of the peer's log: one JSON object per line. It is a contract, so that the log of a real gateway can be converted to it. Readers
 * ignore members that they do not know.
 */
import { SERVERS_WITH_LOG } from "./server-log-kinds.ts";

const CLIENT_ENDINGS = ["closed", "reset"] as const;
export type ClientEnding = (typeof CLIENT_ENDINGS)[number];

export const PEER_ENDINGS = [...CLIENT_ENDINGS, "evicted", "idle-timeout"] as const;
export type PeerEnding = (typeof PEER_ENDINGS)[number];

export const PEER_EVENTS = ["ready", "accepted", "queued", "refused", "request", ...PEER_ENDINGS] as const;
export type PeerEvent = (typeof PEER_EVENTS)[number];

export interface PeerHello {
  readonly bootId: string | null;
  readonly logStream: string | null;
  readonly phase: string | null;
}

export interface PeerLogRecord {
  /** The time by the peer's clock, in ISO 8601 UTC. */
  readonly time: string;
  readonly event: PeerEvent;
  /** The number of the connection. It is unique between two `ready` lines. Only a `ready` line has null. */
  readonly connection: number | null;
  /** `host:port` of the client. It is shown to people and never used for matching. */
  readonly remote: string | null;
  /** Null if the client did not say who it is. */
  readonly hello: PeerHello | null;
  /** Present if the line comes from the log of a real server (server-logs/): what that server wrote. */
  readonly server?: ServerLogWords;
  /** CloudWatch's id, if the line was read from a log group. By this id, a resumed run recognises the lines that it already has. */
  readonly eventId?: string;
  /** The name of the peer that wrote the line. Absent if the function has only one. */
  readonly peer?: string;
}

/** What a real server's own log says about a connection, in addition to the members that all peer logs have. */
export interface ServerLogWords {
  /**
   * The name that the client gave itself. This is not a hello, because only a name that contains a log stream or a boot id identifies the
   * client.
   */
  readonly client: string | null;
  readonly user: string | null;
  readonly database: string | null;
  /**
   * For `refused`: which clients are counted by the limit that turned the client away. Null on other lines, or if the log does not say it.
   */
  readonly limit: ServerLimit | null;
  /** The server's own number of the connection. A link can read it, too. */
  readonly session: string | null;
  /** How exact the times are: 1 for milliseconds, 1000 for whole seconds. */
  readonly resolutionMs: number;
}

/**
 * Which clients a limit counts: all clients of the server, those with the same user, or those with the same database. `none`: the limit is
 * not a number of places, but for example a limit on the connections that log in at the same time.
 */
export const SERVER_LIMITS = ["server", "user", "database", "none"] as const;
export type ServerLimit = (typeof SERVER_LIMITS)[number];

/** The first line after each start of the peer. It means that all earlier connections have ended. */
export interface PeerReadyRecord {
  readonly event: "ready";
  readonly time: string;
  readonly host: string;
  readonly port: number;
}

/** A line of a managed peer's log as it was found. Its other members are kept, too, and checked when the run directory is read. */
export type PeerLine = Pick<PeerLogRecord, "time" | "event" | "eventId">;

/** Says which forms a log of a peer may have. For the error about a log that cannot be read, and for the notice about an empty log. */
export const PEER_LOG_EXPECTED = [
  'Expected one JSON object a line: {"time":"…","event":"accepted","connection":7,"remote":"10.0.1.12:40112","hello":null};',
  `or the log of ${SERVERS_WITH_LOG}. How to switch each of them on: docs/servers.md#switching-a-log-on.`,
].join(" ");
