/**
 * Decides the outcome of a connection that TLS encrypts (docs/servers.md#under-tls). A server that refuses does so within a known number of
 * replies and then sends no more. So each of these signs shows that the server accepted the client:
 * - The server sent more replies than a login has.
 * - It sent another reply after one that is too long to ask the client for more, for example for the password.
 * - A reply has a length that only an acceptance has.
 * - It answered the client's latest message, kept the connection open for longer than any refusal lasts, and did not end it.
 *
 * What the client sends is no sign: it may send into a connection that the server has ended.
 */
import type { AttemptOutcome } from "../../words/connection-outcome.ts";
import { joined } from "./byte-reader.ts";
import { readTcp, REFUSAL_LASTS_MS_MAX, type Said, type SeenConnection } from "./protocol.ts";
import type { TlsReply, TlsTalk } from "./tls-talk.ts";

const ALERT = 21;
const HANDSHAKE = 22;
const RECORD_HEADER = 5;

/** How a server answers a client that logs in. Lengths are in bytes. */
export interface Login {
  /** The largest number of replies that a server sends until it has accepted or refused. A refusal is its last reply. */
  readonly repliesMax: number;
  /** A reply that is longer than this cannot ask the client for more: it accepts or refuses. */
  readonly requestMax?: number;
  /** Least and greatest length of a record that accepts. No refusal, and no reply that asks for more, has such a length. */
  readonly accepts?: readonly [number, number];
  /** An accepted client may send messages that need no answer. So an unanswered message does not show a queue. */
  readonly oneWay?: boolean;
  /** Length of the client's goodbye. The server's only answer to it is the end of the connection. */
  readonly goodbye?: number;
}

/** The login of a protocol that is not known, or whose beginning is encrypted too. No known server needs more replies to refuse. */
export const ANY_LOGIN: Login = { repliesMax: 3 };

/** Null if there are too few bytes to decide. */
export function beginsTls(bytes: Uint8Array): boolean | null {
  if (bytes.length === 0) return null;
  if (bytes[0] !== HANDSHAKE || (bytes[1] !== undefined && bytes[1] !== 3)) return false;
  // A ClientHello.
  return bytes[RECORD_HEADER] === undefined ? null : bytes[RECORD_HEADER] === 1;
}

/** Whether the bytes are TLS from the beginning. A server may end TLS with an alert before the client has said anything. */
export function isTlsThroughout(said: readonly Said[]): boolean {
  const [client, server] = [joined(said, "function"), joined(said, "peer")];
  return beginsTls(client) === true || (client.length === 0 && server[0] === ALERT && server[1] === 3);
}

/** Null while the connection is open and nothing shows the outcome. */
export function readEncrypted(seen: SeenConnection, login: Login): AttemptOutcome | null {
  const { attempt } = readTcp(seen);
  if (attempt !== null) return attempt;
  const { end, talk } = seen;
  if (talk != null && isServed(talk, login)) return "accepted";
  if (end?.by === "peer" || end?.by === null) return "unreadable";
  if (talk != null && isKeptOpen(talk, login)) return "accepted";
  return end === null ? null : "unreadable";
}

/** A server closes at once after a goodbye. If it closes later than this, it may have another reason. */
const GOODBYE_WAITS_MS_MAX = 1_000;

/**
 * Whether the client's last record has the length of a goodbye, and the server sent nothing more but ended the connection at once. Every
 * other message of this length has an answer. Null if nothing shows a goodbye.
 */
export function saidGoodbye({ end, talk }: SeenConnection, { goodbye }: Login): true | null {
  if (end?.by !== "peer" || talk == null || !talk.exact || talk.lastAsked === null) return null;
  const { bytes, waitedMs } = talk.lastAsked;
  return bytes === goodbye && waitedMs <= GOODBYE_WAITS_MS_MAX ? true : null;
}

function isServed({ replies, exact }: TlsTalk, login: Login): boolean {
  const { repliesMax, requestMax, accepts } = login;
  const endsLogin = replies.findIndex((reply) => isLonger(reply, requestMax));
  if (replies.length > Math.min(repliesMax, endsLogin === -1 ? Infinity : endsLogin + 1)) return true;
  return exact && accepts !== undefined && replies.some((reply) => isWithin(reply, accepts));
}

function isKeptOpen({ shaken, replies, unanswered, openMs }: TlsTalk, login: Login): boolean {
  const waits = unanswered && !(login.oneWay === true && replies.length >= login.repliesMax);
  return shaken && !waits && openMs > REFUSAL_LASTS_MS_MAX;
}

/**
 * Whether the reply is one record that is too long to ask the client for more. Several records do not count: they may include a ticket of
 * TLS 1.3, and tickets are long.
 */
function isLonger({ records, longest }: TlsReply, requestMax: number | undefined): boolean {
  return requestMax !== undefined && records === 1 && longest > requestMax;
}

function isWithin({ shortest }: TlsReply, [least, greatest]: readonly [number, number]): boolean {
  return shortest >= least && shortest <= greatest;
}
