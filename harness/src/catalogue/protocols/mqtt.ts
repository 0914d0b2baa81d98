/**
 * MQTT 3.1, 3.1.1 and 5 (docs/servers.md). Only the server's CONNACK shows whether the client is served. If another client connects with
 * the same id, the server ends the older connection. Only version 5 lets the server say why.
 */
import {
  bigEndian,
  beginsWith,
  firstSpeaker,
  framesOf,
  joined,
  lastFrame,
  textOf,
  type FrameLength,
} from "./byte-reader.ts";
import { ACCEPTED, conclude, type ServerSays } from "./conclude.ts";
import type { Protocol, Reading, Said, SeenConnection } from "./protocol.ts";
import { reasonString, remainingLength } from "./mqtt-properties.ts";
import { isTlsThroughout, readEncrypted, type Login } from "./tls.ts";

const [CONNECT, CONNACK, DISCONNECT] = [0x10, 0x20, 0xe0];
const VERSION_5 = 5;
const TAKEN_OVER = 0x8e;

/** CONNACK is the only reply of a login. The server does not answer a PUBLISH with QoS 0. */
const LOGIN: Login = { repliesMax: 1, oneWay: true };

export const mqtt = {
  name: "mqtt",
  title: "MQTT",
  serverKind: "broker",
  aliases: [],
  onePerName: true,
  closesAtGoodbye: true,
  recognises,
  read,
} as const satisfies Protocol;

function recognises(said: readonly Said[]): boolean | null {
  const speaker = firstSpeaker(said);
  if (speaker !== "function") return speaker === null ? null : false;
  const bytes = joined(said, "function");
  if (bytes[0] !== CONNECT) return false;
  const length = remainingLength(bytes, 1);
  if (length === null || length === "broken") return length === null ? null : false;
  const rest = bytes.subarray(length.next);
  const names = [beginsWith(rest, "\0\x04MQTT"), beginsWith(rest, "\0\x06MQIsdp")];
  return names.includes(true) ? true : names.includes(null) ? null : false;
}

const packetLength: FrameLength = (bytes, at) => {
  const length = remainingLength(bytes, at + 1);
  return length === null || length === "broken" ? length : length.next - at + length.value;
};

function read(seen: SeenConnection): Reading {
  const [client, server] = [joined(seen.said, "function"), joined(seen.said, "peer")];
  if (isTlsThroughout(seen.said))
    return conclude(seen, { answer: { ...ACCEPTED, attempt: readEncrypted(seen, LOGIN) } });
  const asks = framesOf(client, packetLength);
  const says = framesOf(server, packetLength);
  const connect = connectOf(asks.frames[0]);
  const goodbye = lastFrame(seen, "function", asks, packetLength);
  return conclude(seen, {
    answer: answerOf(says.frames[0], connect?.version ?? null),
    clientName: connect?.clientId ?? null,
    goodbye: goodbye?.[0] === DISCONNECT,
    ended: endOf(lastFrame(seen, "peer", says, packetLength)),
  });
}

function connectOf(
  packet: Uint8Array | undefined,
): { readonly version: number; readonly clientId: string | null } | null {
  const header = packet?.[0] === CONNECT ? remainingLength(packet, 1) : null;
  if (packet === undefined || header === null || header === "broken") return null;
  const nameLength = bigEndian(packet, header.next, 2);
  if (nameLength === null) return null;
  // The name of the protocol is followed by one byte for the version, one byte for flags, and two bytes for the keep-alive time.
  const at = header.next + 2 + nameLength;
  const version = packet[at];
  if (version === undefined) return null;
  const properties = version === VERSION_5 ? remainingLength(packet, at + 4) : { value: 0, next: at + 4 };
  if (properties === null || properties === "broken") return { version, clientId: null };
  const from = properties.next + properties.value;
  const length = bigEndian(packet, from, 2);
  const whole = length !== null && from + 2 + length <= packet.length;
  return { version, clientId: whole ? textOf(packet.subarray(from + 2, from + 2 + length)) : null };
}

function answerOf(packet: Uint8Array | undefined, version: number | null): ServerSays | null {
  if (packet?.[0] !== CONNACK || version === null) return null;
  const header = remainingLength(packet, 1);
  if (header === null || header === "broken" || header.value < 2) return null;
  const reason = packet[header.next + 1];
  if (reason === undefined) return null;
  if (reason === 0) return ACCEPTED;
  // A broker that does not know version 5 answers in the old form.
  const old = version !== VERSION_5 || header.value === 2;
  if (old && reason < 0x80) return oldAnswer(reason);
  return {
    ...newAnswer(reason),
    code: hex(reason),
    text: reasonString(packet, header.next + 2) ?? reasonName(reason),
  };
}

const OLD_REASONS: readonly (Pick<ServerSays, "attempt" | "text"> | undefined)[] = [
  undefined,
  { attempt: "denied", text: "unacceptable protocol version" },
  { attempt: "denied", text: "client identifier rejected" },
  { attempt: "refused", text: "server unavailable" },
  { attempt: "denied", text: "bad user name or password" },
  { attempt: "denied", text: "not authorized" },
];

function oldAnswer(reason: number): ServerSays {
  const known = OLD_REASONS[reason];
  return { attempt: known?.attempt ?? null, code: String(reason), text: known?.text ?? null };
}

/** Codes with which a server of MQTT 5 refuses a client or ends its connection. `attempt` is null for codes that only end a connection. */
const REASONS: ReadonlyMap<number, { readonly name: string } & Pick<ServerSays, "attempt" | "countsPlaces">> =
  new Map([
    [0x84, { name: "unsupported protocol version", attempt: "denied" }],
    [0x85, { name: "client identifier not valid", attempt: "denied" }],
    [0x86, { name: "bad user name or password", attempt: "denied" }],
    [0x87, { name: "not authorized", attempt: "denied" }],
    [0x88, { name: "server unavailable", attempt: "refused" }],
    [0x89, { name: "server busy", attempt: "refused" }],
    [0x8a, { name: "banned", attempt: "denied" }],
    [0x8b, { name: "server shutting down", attempt: "peer-down" }],
    [0x8c, { name: "bad authentication method", attempt: "denied" }],
    [0x8d, { name: "keep alive timeout", attempt: null }],
    [TAKEN_OVER, { name: "session taken over", attempt: null }],
    [0x97, { name: "quota exceeded", attempt: "refused" }],
    [0x98, { name: "administrative action", attempt: null }],
    [0x9f, { name: "connection rate exceeded", attempt: "refused", countsPlaces: false }],
  ]);

function newAnswer(reason: number): Pick<ServerSays, "attempt" | "countsPlaces"> {
  const known = REASONS.get(reason);
  return { attempt: known?.attempt ?? null, countsPlaces: known?.countsPlaces ?? true };
}

function reasonName(reason: number): string | null {
  return REASONS.get(reason)?.name ?? null;
}

function hex(reason: number): string {
  return `0x${reason.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** Returns the server's reason for ending the connection. Only version 5 has a packet for it. */
function endOf(
  packet: Uint8Array | null,
): { readonly code: string; readonly text: string | null; readonly evicted: boolean } | null {
  const header = packet?.[0] === DISCONNECT ? remainingLength(packet, 1) : null;
  if (packet === null || header === null || header === "broken" || header.value === 0) return null;
  const reason = packet[header.next] ?? 0;
  const text = reasonString(packet, header.next + 1) ?? reasonName(reason);
  return { code: hex(reason), text, evicted: reason === TAKEN_OVER };
}
