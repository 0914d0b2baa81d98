/** The peer's log (a contract: a gateway's own log is easily turned into it). One JSON object a line; readers ignore what they do not know. */
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
  /** ISO 8601 UTC, the peer's clock. */
  readonly time: string;
  readonly event: PeerEvent;
  /** Unique between two `ready` lines; null on `ready` only. */
  readonly connection: number | null;
  /** `host:port` of the other end; for people, joins nothing. */
  readonly remote: string | null;
  /** Null: the client did not say who it is. */
  readonly hello: PeerHello | null;
  /** CloudWatch's id where the line was read from a log group; by it a resumed run knows what it has. */
  readonly eventId?: string;
}

/** The first line of each life of the peer; ends all earlier connections. */
export interface PeerReadyRecord {
  readonly event: "ready";
  readonly time: string;
  readonly host: string;
  readonly port: number;
}

/** A line of a managed peer's log as it was found: what else it says is kept with it, and checked by whoever reads it again. */
export type PeerLine = Pick<PeerLogRecord, "time" | "event" | "eventId">;
