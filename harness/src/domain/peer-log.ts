/**
 * The form of the peer's log: one JSON object per line. It is a contract, so that the log of a real gateway can be converted to it. Readers
 * ignore members that they do not know.
 */
export const PEER_EVENTS = [
  "ready",
  "accepted",
  "queued",
  "refused",
  "evicted",
  "request",
  "closed",
  "reset",
  "idle-timeout",
] as const;
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
  /** CloudWatch's id, if the line was read from a log group. By this id, a resumed run recognises the lines that it already has. */
  readonly eventId?: string;
  /** The name of the peer that wrote the line. Absent if the function has only one. It is no member of the line: the log's reader knows it. */
  readonly peer?: string;
}

/** The first line after each start of the peer. It means that all earlier connections have ended. */
export interface PeerReadyRecord {
  readonly event: "ready";
  readonly time: string;
  readonly host: string;
  readonly port: number;
}

/** A line of a managed peer's log as it was found. Its other members are kept, too, and checked when the run directory is read. */
export type PeerLine = Pick<PeerLogRecord, "time" | "event" | "eventId">;
