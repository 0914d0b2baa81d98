/**
 * MySQL and MariaDB (docs/servers.md). The server sends first. A full server refuses with its first packet, but at the limit of an account
 * it refuses after the login. TLS begins after the greeting.
 */
import { beginsTls, readEncrypted, saidGoodbye, type Login } from "./tls.ts";
import {
  beginsWith,
  firstSpeaker,
  framesOf,
  joined,
  lastFrame,
  littleEndian,
  textOf,
  zeroEnded,
  type FrameLength,
} from "./byte-reader.ts";
import { ACCEPTED, conclude, type ServerSays } from "./conclude.ts";
import type { Protocol, Reading, Said, SeenConnection } from "./protocol.ts";

const HEADER = 4;
const PROTOCOL_10 = 10;
const [OK, AUTH_MORE, AUTH_SWITCH, ERROR] = [0x00, 0x01, 0xfe, 0xff];
const CAPABILITY = {
  withDatabase: 0x8,
  protocol41: 0x200,
  tls: 0x800,
  shortAuthentication: 0x8000,
  plugin: 0x8_0000,
  attributes: 0x10_0000,
  longAuthentication: 0x20_0000,
} as const;
const [TLS_REQUEST_LENGTH, RESPONSE_FIXED_LENGTH] = [HEADER + 32, HEADER + 32];
const COM_QUIT = [1, 0, 0, 0, 1];

/**
 * A login has up to three replies, because the server may ask for another kind of authentication and then for the password. An OK packet
 * has 11 bytes, or more if the server tracks the session. No error, and no reply that asks the client for more, has a length that is in
 * `accepts`.
 */
const LOGIN: Login = { repliesMax: 3, accepts: [11, 20], goodbye: COM_QUIT.length };

export const mysql = {
  name: "mysql",
  title: "MySQL",
  serverKind: null,
  aliases: ["mariadb"],
  clearBeforeTls: (client) => tlsStart(client) ?? 0,
  closesAtGoodbye: true,
  serverSpeaksFirst: true,
  recognises,
  read,
} as const satisfies Protocol;

function recognises(said: readonly Said[]): boolean | null {
  const speaker = firstSpeaker(said);
  if (speaker !== "peer") return speaker === null ? null : false;
  const bytes = joined(said, "peer");
  if (bytes.length <= HEADER) return bytes[3] === undefined ? null : bytes[3] !== 0 ? false : null;
  if (bytes[3] !== 0) return false;
  if (bytes[4] === ERROR) return isFirstError(bytes);
  if (bytes[4] !== PROTOCOL_10) return false;
  const version = zeroEnded(bytes, 5);
  return version === null ? (bytes.length > 64 ? false : null) : /^\d+\.\d/.test(version.text);
}

/** The codes with which a server refuses before it greets. */
const FIRST_ERRORS: ReadonlySet<number> = new Set([1040, 1041, 1129, 1130, 1135, 1053]);

function isFirstError(bytes: Uint8Array): boolean | null {
  const code = littleEndian(bytes, 5, 2);
  return code === null ? null : FIRST_ERRORS.has(code);
}

const packetLength: FrameLength = (bytes, at) => {
  const length = littleEndian(bytes, at, 3);
  return length === null || at + HEADER > bytes.length ? null : HEADER + length;
};

function read(seen: SeenConnection): Reading {
  const [client, server] = [joined(seen.said, "function"), joined(seen.said, "peer")];
  const says = framesOf(server, packetLength);
  const greeting = says.frames[0];
  const session = greeting === undefined ? null : threadId(greeting);
  const encryptedFrom = tlsStart(client);
  if (greeting !== undefined && encryptedFrom !== null && greeting[HEADER] === PROTOCOL_10) {
    const silent = server.length === greeting.length && seen.end !== null;
    const attempt = silent ? "unreadable" : readEncrypted(seen, LOGIN);
    return conclude(seen, { answer: { ...ACCEPTED, attempt }, session, goodbye: saidGoodbye(seen, LOGIN) });
  }
  const asks = framesOf(client, packetLength);
  const response = asks.frames[0];
  const last = lastFrame(seen, "peer", says, packetLength);
  const answer = answerOf(says.frames);
  return conclude(seen, {
    answer,
    session,
    clientName: response === undefined ? null : programName(response),
    user: response === undefined ? null : userIn(response),
    goodbye: endsWithQuit(seen, client),
    ended: answer?.attempt === "accepted" && seen.end?.by === "peer" ? endOf(last) : null,
  });
}

function tlsStart(client: Uint8Array): number | null {
  const capabilities = littleEndian(client, HEADER, 4);
  if (capabilities === null || (capabilities & CAPABILITY.tls) === 0) return null;
  if (packetLength(client, 0) !== TLS_REQUEST_LENGTH) return null;
  return beginsTls(client.subarray(TLS_REQUEST_LENGTH)) === false ? null : TLS_REQUEST_LENGTH;
}

function threadId(greeting: Uint8Array): string | null {
  if (greeting[HEADER] !== PROTOCOL_10) return null;
  const version = zeroEnded(greeting, HEADER + 1);
  return version === null ? null : (littleEndian(greeting, version.next, 4)?.toString() ?? null);
}

function answerOf(packets: readonly Uint8Array[]): ServerSays | null {
  for (const [index, packet] of packets.entries()) {
    const type = packet[HEADER];
    if (type === ERROR) return saysOf(packet);
    if (index === 0) {
      if (type !== PROTOCOL_10) return null;
      continue;
    }
    if (type === OK) return ACCEPTED;
    if (type !== AUTH_MORE && type !== AUTH_SWITCH) return null;
  }
  return null;
}

function saysOf(packet: Uint8Array): ServerSays | null {
  const error = errorOf(packet);
  return error === null ? null : { code: String(error.code), text: error.text, ...meaningOf(error) };
}

interface MysqlError {
  readonly code: number;
  readonly text: string;
}

function meaningOf({ code, text }: MysqlError): Pick<ServerSays, "attempt" | "countsPlaces" | "limit"> {
  switch (code) {
    case 1040:
      return { attempt: "refused", limit: "server" };
    case 1203:
      return { attempt: "refused", limit: "user" };
    // Every limit that is set for one account has this code. The limits per hour do not count places.
    case 1226:
      return text.includes("max_user_connections")
        ? { attempt: "refused", limit: "user" }
        : { attempt: null };
    // The client's host is blocked, or the server has no memory or no thread left.
    case 1129:
    case 1041:
    case 1135:
      return { attempt: "refused", countsPlaces: false };
    case 1044:
    case 1045:
    case 1049:
    case 1130:
    case 1698:
      return { attempt: "denied" };
    case 1053:
      return { attempt: "peer-down" };
    default:
      return { attempt: null };
  }
}

/** Before the login, an error packet has no SQLSTATE between code and text. */
function errorOf(packet: Uint8Array): MysqlError | null {
  const code = littleEndian(packet, HEADER + 1, 2);
  if (code === null || packet[HEADER] !== ERROR) return null;
  const state = packet[HEADER + 3] === "#".charCodeAt(0) ? 6 : 0;
  return { code, text: textOf(packet.subarray(HEADER + 3 + state)) };
}

/**
 * Returns the server's reason for the end. A server that ends an idle connection sends an error with sequence number 0, because it answers
 * no command.
 */
function endOf(last: Uint8Array | null): { readonly code: string; readonly text: string } | null {
  const error = last !== null && last[3] === 0 ? errorOf(last) : null;
  return error === null ? null : { code: String(error.code), text: error.text };
}

/** Only the last bytes are compared, because in a compressed connection another header comes before them. */
function endsWithQuit({ last }: SeenConnection, client: Uint8Array): boolean {
  const bytes = last?.function ?? client;
  return beginsWith(bytes.subarray(Math.max(0, bytes.length - COM_QUIT.length)), COM_QUIT) === true;
}

/** Null in a response of the protocol before 4.1. */
function userIn(response: Uint8Array): string | null {
  const capabilities = littleEndian(response, HEADER, 4);
  if (capabilities === null || (capabilities & CAPABILITY.protocol41) === 0) return null;
  return zeroEnded(response, RESPONSE_FIXED_LENGTH)?.text ?? null;
}

function programName(response: Uint8Array): string | null {
  const capabilities = littleEndian(response, HEADER, 4);
  if (capabilities === null || (capabilities & CAPABILITY.attributes) === 0) return null;
  const has = (capability: number): boolean => (capabilities & capability) !== 0;
  let at = zeroEnded(response, RESPONSE_FIXED_LENGTH)?.next ?? null;
  if (at === null) return null;
  if (has(CAPABILITY.longAuthentication)) at = lengthText(response, at)?.next ?? null;
  else if (has(CAPABILITY.shortAuthentication)) at += 1 + (response[at] ?? 0);
  else at = zeroEnded(response, at)?.next ?? null;
  if (at !== null && has(CAPABILITY.withDatabase)) at = zeroEnded(response, at)?.next ?? null;
  if (at !== null && has(CAPABILITY.plugin)) at = zeroEnded(response, at)?.next ?? null;
  const attributes = at === null ? null : lengthText(response, at);
  return attributes === null ? null : attribute(attributes.bytes, "program_name");
}

function attribute(bytes: Uint8Array, name: string): string | null {
  let at = 0;
  while (at < bytes.length) {
    const key = lengthText(bytes, at);
    const value = key === null ? null : lengthText(bytes, key.next);
    if (key === null || value === null) return null;
    if (textOf(key.bytes) === name) return textOf(value.bytes);
    at = value.next;
  }
  return null;
}

/** Reads bytes after their length, which is one byte, or a marker byte and then two or three bytes. */
function lengthText(
  bytes: Uint8Array,
  at: number,
): { readonly bytes: Uint8Array; readonly next: number } | null {
  const first = bytes[at];
  if (first === undefined) return null;
  const size = first === 0xfc ? 2 : first === 0xfd ? 3 : 0;
  const length = size === 0 ? (first < 0xfb ? first : null) : littleEndian(bytes, at + 1, size);
  const from = at + 1 + size;
  if (length === null || from + length > bytes.length) return null;
  return { bytes: bytes.subarray(from, from + length), next: from + length };
}
