/**
 * Decides the outcome of a connection that is encrypted by TLS (docs/servers.md#under-tls). If TCP alone shows the outcome, that is the answer.
 * Otherwise the server's answer is hidden, but a server that refuses does so within a known number of replies and then sends no more. So each of
 * these signs shows that the connection was accepted:
 *
 * - The server sent more replies than a login has.
 * - The server sent another reply after one that is too long to be a request of the login.
 * - A reply has a length that only an acceptance has.
 * - After the last reply of the login, the client sent something that is too long to be a goodbye.
 * - After its latest message the server kept the connection open for longer than any refusal lasts, and it is known that the server did not end it.
 *
 * Without a sign the outcome is `unreadable` when the connection ends, whichever side ended it: many clients end a connection as soon as they have
 * read a refusal.
 */
import type { AttemptOutcome } from "../domain/connection-outcome.ts";
import { readTcp, REFUSAL_LASTS_MS_MAX, type SeenConnection } from "./protocol.ts";
import type { TlsReply, TlsTalk } from "./tls-talk.ts";

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
  /** A client that was refused sends nothing longer than this. */
  readonly goodbyeMax?: number;
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

/** Returns the outcome of the attempt. Null while the connection is open and nothing shows the outcome. */
export function readEncrypted(seen: SeenConnection, login: Login): AttemptOutcome | null {
  const { attempt } = readTcp(seen);
  if (attempt !== null) return attempt;
  const { end, talk } = seen;
  if (talk != null && isServed(talk, login)) return "accepted";
  if (end?.by === "peer" || end?.by === null) return "unreadable";
  if (talk?.shaken === true && talk.quietMs > REFUSAL_LASTS_MS_MAX) return "accepted";
  return end === null ? null : "unreadable";
}

function isServed({ replies, exact, saidAfterReply }: TlsTalk, login: Login): boolean {
  const { repliesMax, requestMax, accepts, goodbyeMax } = login;
  const endsLogin = replies.findIndex((reply) => isLonger(reply, requestMax));
  if (replies.length > Math.min(repliesMax, endsLogin === -1 ? Infinity : endsLogin + 1)) return true;
  if (replies.length === 0 || !exact) return false;
  if (accepts !== undefined && replies.some((reply) => isWithin(reply, accepts))) return true;
  return goodbyeMax !== undefined && replies.length === repliesMax && saidAfterReply > goodbyeMax;
}

/** Only a reply of one record can be too long for a request: one of several records may be a ticket of TLS 1.3, and tickets are long. */
function isLonger({ records, longest }: TlsReply, requestMax: number | undefined): boolean {
  return requestMax !== undefined && records === 1 && longest > requestMax;
}

function isWithin({ shortest }: TlsReply, [least, greatest]: readonly [number, number]): boolean {
  return shortest >= least && shortest <= greatest;
}
