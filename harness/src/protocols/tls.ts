/**
 * Decides the outcome of a connection that is encrypted by TLS (docs/servers.md#under-tls). If TCP alone shows the outcome, that is the answer.
 * Otherwise the server's answer is hidden, but a server that refuses does so within a known number of replies and then sends no more. So each of
 * these signs shows that the connection was accepted:
 *
 * - The server sent more replies than a login has.
 * - The server sent another reply after one that is too long to be a request of the login.
 * - A reply has a length that only an acceptance has.
 * - The server answered the client's latest message and then kept the connection open for longer than any refusal lasts, and it is known that the
 *   server did not end it. A client that still waits for an answer may be in a queue.
 *
 * What the client sends is never a sign: it may send into a connection that the server has already ended.
 *
 * Without a sign the outcome is `unreadable` when the connection ends, whichever side ended it: many clients end a connection as soon as they have
 * read a refusal.
 */
import type { AttemptOutcome } from "../domain/connection-outcome.ts";
import { joined } from "./byte-reader.ts";
import { readTcp, REFUSAL_LASTS_MS_MAX, type Said, type SeenConnection } from "./protocol.ts";
import type { TlsReply, TlsTalk } from "./tls-talk.ts";

const ALERT = 21;
const HANDSHAKE = 22;
const RECORD_HEADER = 5;

/** How a server of one protocol answers a client that logs in. All lengths are in bytes. */
export interface Login {
  /** The largest number of replies until a server has accepted or refused. A refusal is the server's last reply. */
  readonly repliesMax: number;
  /** The greatest length of a reply that asks the client for more. A longer reply ends the login: it accepts or refuses. */
  readonly requestMax?: number;
  /** The least and the greatest length of a record that accepts. No record of a refusal or a request has a length in this range. */
  readonly accepts?: readonly [number, number];
  /** Whether an accepted client may send messages that need no answer. Then a message after the login does not show that the client is in a queue. */
  readonly oneWay?: boolean;
  /** The length of the message with which a client says goodbye. The server's only answer to it is the end of the connection. */
  readonly goodbye?: number;
}

/** The login of a protocol that is not known, or whose beginning is encrypted too. No known server needs more replies to refuse. */
export const ANY_LOGIN: Login = { repliesMax: 3 };

/** Whether a client's bytes begin a TLS connection. Returns null if there are too few bytes to decide. */
export function beginsTls(bytes: Uint8Array): boolean | null {
  if (bytes.length === 0) return null;
  if (bytes[0] !== HANDSHAKE || (bytes[1] !== undefined && bytes[1] !== 3)) return false;
  // 1: a ClientHello.
  return bytes[RECORD_HEADER] === undefined ? null : bytes[RECORD_HEADER] === 1;
}

/** Whether a connection uses TLS from its first byte on. A server may end TLS with an alert before the client has said anything. */
export function isTlsThroughout(said: readonly Said[]): boolean {
  const [client, server] = [joined(said, "function"), joined(said, "peer")];
  return beginsTls(client) === true || (client.length === 0 && server[0] === ALERT && server[1] === 3);
}

/** Returns the outcome of the attempt. Null while the connection is open and nothing shows the outcome. */
export function readEncrypted(seen: SeenConnection, login: Login): AttemptOutcome | null {
  const { attempt } = readTcp(seen);
  if (attempt !== null) return attempt;
  const { end, talk } = seen;
  if (talk != null && isServed(talk, login)) return "accepted";
  if (end?.by === "peer" || end?.by === null) return "unreadable";
  if (talk != null && isKeptOpen(talk, login)) return "accepted";
  return end === null ? null : "unreadable";
}

/** A server closes the connection at once after a goodbye. One that closes later may have closed it for another reason. */
const GOODBYE_WAITS_MS_MAX = 1_000;

/**
 * Whether the client said goodbye: its last record has the length of a goodbye, and the server did nothing after it but end the connection, at once.
 * Every other message of this length has an answer. Null if nothing shows a goodbye.
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

/** Only a reply of one record can be too long for a request: if there are several records, one may be a ticket of TLS 1.3, and tickets are long. */
function isLonger({ records, longest }: TlsReply, requestMax: number | undefined): boolean {
  return requestMax !== undefined && records === 1 && longest > requestMax;
}

function isWithin({ shortest }: TlsReply, [least, greatest]: readonly [number, number]): boolean {
  return shortest >= least && shortest <= greatest;
}
