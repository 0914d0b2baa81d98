/**
 * How a protocol reads a connection from the first bytes of both sides and from its end. The functions' own client is in
 * functions/src/connection.
 */
import type { AttemptOutcome, ConnectionEndedBy, ConnectionEndKind } from "../../words/connection-outcome.ts";
import type { ServerLimit } from "../../record/peer-log.ts";
import type { Ending } from "../../record/plan.ts";
import { ATTEMPT_MS_MAX } from "../../words/time-limits.ts";
import type { TlsTalk } from "./tls-talk.ts";

/** Bytes of each side that are examined. The longest known greeting of a server has 518 bytes, but a client may name many attributes. */
export const FIRST_BYTES_MAX = 4096;

/** A connection that lasts longer than this was not refused. The functions limit connecting and the hello to the same time. */
export const REFUSAL_LASTS_MS_MAX = ATTEMPT_MS_MAX;

export interface Said {
  readonly from: "function" | "peer";
  readonly bytes: Uint8Array;
}

export interface SeenConnection {
  /** Whether TCP reached the peer. Null while the connect is pending. */
  readonly reached: boolean | null;
  /** The first bytes of both sides in order. Empty if they were not kept. */
  readonly said: readonly Said[];
  /** The last piece of a side that sent more bytes than `said` holds. It may show a goodbye or the reason for the end. */
  readonly last?: { readonly [From in Said["from"]]?: Uint8Array };
  /** Null or absent if the connection is not encrypted by TLS, or if its bytes were not kept. */
  readonly talk?: TlsTalk | null;
  /** Whether the peer sent anything. Known even if the bytes were not kept. */
  readonly peerSpoke: boolean;
  /** Time since the peer was reached. Infinity if the connection is open or its end was not seen. */
  readonly lastedMs: number;
  /** Null while the connection is open. */
  readonly end: SeenEnd | null;
}

export interface SeenEnd {
  readonly by: ConnectionEndedBy | null;
  readonly how: Ending | null;
  /** True if the function's process was killed, so that the function did not end the connection by itself. */
  readonly killed?: boolean;
}

export interface Reading {
  /** Null if the bytes match nothing in the protocol, or if too few bytes have come. */
  readonly attempt: AttemptOutcome | null;
  /** Null while the connection is open. */
  readonly end: ConnectionEndKind | null;
  /** The server's own code and text for its refusal, or for the end of the connection. */
  readonly code: string | null;
  readonly text: string | null;
  readonly clientName: string | null;
  /** The number that the connection has in the server's own log. */
  readonly session: string | null;
  /**
   * False if the server refused for another reason than a lack of places, such as a limit on the rate of connections. Such a refusal does
   * not show that somebody held a place.
   */
  readonly countsPlaces: boolean;
  /** Which clients the refusing limit counts. Absent if the server's message does not say it. */
  readonly limit?: Exclude<ServerLimit, "none">;
  /** User and database in clear. Absent if the protocol has none, or if they were encrypted. */
  readonly user?: string;
  readonly database?: string;
  /** Whether the function said goodbye in the protocol before it closed TCP. Null if the protocol cannot show it. */
  readonly goodbye: boolean | null;
}

export interface Protocol {
  readonly name: string;
  readonly title: string | null;
  /** What sentences call a server: "the MQTT broker". Null if a server has the protocol's own name, as Postgres has. */
  readonly serverKind: "server" | "broker" | null;
  /** Other accepted names, such as the name of a server. */
  readonly aliases: readonly string[];
  /** A server keeps one connection for each client name. If a name comes again, it accepts the new connection and ends the older one. */
  readonly onePerName?: boolean;
  /**
   * A server counts a client before it decides whether to serve the client. So if several clients come at the same time, it can turn all of
   * them away although one place is free.
   */
  readonly countsBeforeDeciding?: boolean;
  /** A server gives a place to a client, or refuses the client, before the client has sent a byte. */
  readonly decidesAtAccept?: boolean;
  /** A server sends the first bytes of every connection. So if it sent none, it had not taken the client yet. */
  readonly serverSpeaksFirst?: boolean;
  /** A server closes the connection as soon as it has read the client's goodbye. Otherwise the client keeps its place until its FIN. */
  readonly closesAtGoodbye?: boolean;
  /**
   * On some connections the client only asks whether the server encrypts, or only asks it to cancel a query. The server serves nobody on
   * such a connection, and does not answer a request to cancel.
   */
  readonly hasAsides?: true;
  /** The protocol encrypts by itself. Other protocols are encrypted only inside TLS. */
  readonly encrypts?: true;
  /** How many bytes the client sends in clear before TLS. Absent: none. */
  readonly clearBeforeTls?: (client: Uint8Array) => number;
  /** Null if there are too few bytes to decide. */
  readonly recognises: (said: readonly Said[]) => boolean | null;
  readonly read: (seen: SeenConnection) => Reading;
}

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
 * If the peer closed within 2 s and had sent no byte, it refused the client. It is chance whether it closes with FIN or RST, so both count as a
 * refusal. A peer that closes later may have served the client, and closed because the client was idle for too long.
 */
function attemptByTcp({ reached, peerSpoke, end, lastedMs }: SeenConnection): AttemptOutcome | null {
  if (reached === false) return "peer-down";
  if (reached === null || peerSpoke || end === null) return null;
  if (end.by !== "peer") return "timed-out";
  return lastedMs <= REFUSAL_LASTS_MS_MAX ? "refused" : null;
}
