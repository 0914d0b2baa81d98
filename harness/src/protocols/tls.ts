/**
 * Decides the outcome of a connection that is encrypted by TLS (docs/servers.md#under-tls). The server's answer cannot be read. But a server that
 * refuses does so within a known number of replies and then sends no more. So a connection was accepted if the server replied more often than a login
 * needs, or if a reply or what the client sent after it has a length that no refusal has. Which side ended the connection shows nothing, because many
 * clients end it as soon as they have read a refusal.
 */
import type { AttemptOutcome } from "../domain/connection-outcome.ts";
import { readTcp, REFUSAL_LASTS_MS_MAX, type SeenConnection } from "./protocol.ts";
import type { TlsReply, TlsTalk } from "./tls-talk.ts";

const HANDSHAKE = 22;
const RECORD_HEADER = 5;

/** How a server of one protocol answers a client that logs in. All lengths are in bytes. */
export interface Login {
  /** In how many replies a server accepts or refuses at most. If it refuses, its refusal is the last one. */
  readonly repliesMax: number;
  /** The length of the longest reply that asks the client for more. A longer one ends the login, whether it accepts or refuses. */
  readonly requestMax?: number;
  /** The least and the greatest length of a reply that only accepts. A refusal and a request have other lengths. */
  readonly accepts?: readonly [number, number];
  /** A client that was refused sends nothing longer than this. */
  readonly goodbyeMax?: number;
}

/** For a protocol that is not known, or whose beginning is encrypted too: no known server needs more replies to refuse. */
export const ANY_LOGIN: Login = { repliesMax: 3 };

/** Whether a client's bytes begin a TLS connection. Returns null if there are too few bytes to decide. */
export function beginsTls(bytes: Uint8Array): boolean | null {
  if (bytes.length === 0) return null;
  if (bytes[0] !== HANDSHAKE || (bytes[1] !== undefined && bytes[1] !== 3)) return false;
  // 1: a ClientHello.
  return bytes[RECORD_HEADER] === undefined ? null : bytes[RECORD_HEADER] === 1;
}

/** Returns the outcome of the attempt. */
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

/** A reply of more than one record may contain tickets of TLS 1.3, which are long. */
function isLonger({ records, longest }: TlsReply, requestMax: number | undefined): boolean {
  return requestMax !== undefined && records === 1 && longest > requestMax;
}

function isWithin({ shortest }: TlsReply, [least, greatest]: readonly [number, number]): boolean {
  return shortest >= least && shortest <= greatest;
}
