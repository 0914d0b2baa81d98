/**
 * How a relayed or recorded connection is read in a protocol: what happened, from the first bytes of both sides, in order, and from the end of the
 * connection. Pure. The client inside the shipped functions is in functions/src/connection.
 */
import type { AttemptOutcome, ConnectionEndedBy, ConnectionEndKind } from "../domain/connection-outcome.ts";
import type { ServerLimit } from "../domain/peer-log.ts";
import type { Ending } from "../domain/plan.ts";
import type { TlsTalk } from "./tls-talk.ts";

/** How many bytes of each side are examined. The longest known greeting of a server has 518 bytes, but a client may name many attributes. */
export const FIRST_BYTES_MAX = 4096;

/**
 * A connection that lasts longer than this was not refused. The functions use the same time as their limit for connecting and for the
 * hello.
 */
export const REFUSAL_LASTS_MS_MAX = 2_000;

export interface Said {
  readonly from: "function" | "peer";
  readonly bytes: Uint8Array;
}

export interface SeenConnection {
  /** Whether TCP reached the peer. Null while the connect is pending. */
  readonly reached: boolean | null;
  /** The first bytes of both sides in the order in which they came. Empty if they were not kept. */
  readonly said: readonly Said[];
  /**
   * For a side that sent more bytes than `said` holds: the last piece that it sent. This piece may show a goodbye, or why the server ended the
   * connection.
   */
  readonly last?: { readonly [From in Said["from"]]?: Uint8Array };
  /** What can be seen of an encrypted connection. Null or absent if the connection is not encrypted by TLS, or if its bytes were not kept. */
  readonly talk?: TlsTalk | null;
  /** Whether the peer sent anything. This is known even if the bytes were not kept. */
  readonly peerSpoke: boolean;
  /** Time since the peer was reached. Infinity if the connection is still open or its end was not seen. */
  readonly lastedMs: number;
  /** Null while the connection is open. */
  readonly end: SeenEnd | null;
}

export interface SeenEnd {
  /** Which side ended the connection. Null if the side is not known. */
  readonly by: ConnectionEndedBy | null;
  readonly how: Ending | null;
  /** True if the function's process was killed, so that the function did not end the connection by itself. */
  readonly killed?: boolean;
}

export interface Reading {
  /** The outcome of the attempt. Null if the bytes match nothing in the protocol, or if too few bytes have come. */
  readonly attempt: AttemptOutcome | null;
  /** Null while the connection is open. */
  readonly end: ConnectionEndKind | null;
  /** The server's own code and text for its refusal, or for the end of the connection, if they were seen. */
  readonly code: string | null;
  readonly text: string | null;
  /** The name that the client gave itself. */
  readonly clientName: string | null;
  /** The number that the server gave this connection and uses in its own log. */
  readonly session: string | null;
  /**
   * False if the server refused for a reason other than its number of places, such as a limit on the rate of connections. Such a refusal
   * does not show that somebody held a place.
   */
  readonly countsPlaces: boolean;
  /** Which clients are counted by the limit that made the server refuse. Absent if the server's message does not say it. */
  readonly limit?: Exclude<ServerLimit, "none">;
  /** The user and the database that the client named in clear. Absent if its protocol has none, or if they were encrypted. */
  readonly user?: string;
  readonly database?: string;
  /** Whether the function said goodbye in the protocol's way before it closed the TCP connection. Null if the protocol cannot show it. */
  readonly goodbye: boolean | null;
}

export interface Protocol {
  readonly name: string;
  /** The name for people. Null if the protocol has none. */
  readonly title: string | null;
  /** What sentences call a server, behind the title: "the MQTT broker". Null if a server has the protocol's own name, as Postgres has. */
  readonly serverKind: "server" | "broker" | null;
  /** Other accepted names, such as the name of a server that uses this protocol. */
  readonly aliases: readonly string[];
  /** Whether a server accepts only one connection for each client name, and ends the older one if the name comes again. */
  readonly onePerName?: boolean;
  /**
   * Whether a server counts a client before it decides about it. Then it can turn away all clients that connect at the same time, although there was
   * a place for one of them.
   */
  readonly countsBeforeDeciding?: boolean;
  /**
   * Whether a server closes the connection as soon as it has read the client's goodbye. If not, a client that has said goodbye keeps its place until
   * its FIN comes.
   */
  readonly closesAtGoodbye?: boolean;
  /** How many bytes a client that encrypts sends in clear before it begins TLS. If the member is absent, the client sends none. */
  readonly clearBeforeTls?: (client: Uint8Array) => number;
  /** Whether these first bytes are of this protocol. Returns null if there are too few bytes to decide. */
  readonly recognises: (said: readonly Said[]) => boolean | null;
  readonly read: (seen: SeenConnection) => Reading;
}

/** Returns what TCP alone shows. Each protocol starts from this reading and adds what the bytes mean. */
export function readTcp(seen: SeenConnection): Reading {
  const { end } = seen;
  return {
    attempt: attemptByTcp(seen),
    end: end === null ? null : "closed",
    code: null,
    text: null,
    clientName: null,
    session: null,
    countsPlaces: true,
    goodbye: null,
  };
}

/**
 * Returns the outcome that TCP alone shows. A peer that soon closes before it sends a byte has refused. Whether it closes by FIN or RST does not
 * matter, because that is chance. If it closes later, the connection may have had a place all the time and been idle too long.
 */
function attemptByTcp({ reached, peerSpoke, end, lastedMs }: SeenConnection): AttemptOutcome | null {
  if (reached === false) return "peer-down";
  if (reached === null || peerSpoke || end === null) return null;
  if (end.by !== "peer") return "timed-out";
  return lastedMs <= REFUSAL_LASTS_MS_MAX ? "refused" : null;
}
