/**
 * Modbus over TCP (docs/servers.md). Only the server's answer to a request shows that the client is served. An exception is an answer too,
 * unless it says that a gateway cannot reach the device.
 */
import { bigEndian, firstSpeaker, framesOf, joined, type FrameLength } from "./byte-reader.ts";
import { ACCEPTED, conclude, type ServerSays } from "./conclude.ts";
import type { Protocol, Reading, Said, SeenConnection } from "./protocol.ts";

const HEADER = 7;
const LENGTH_AT = 4;
const UNIT_AT = 6;
const EXCEPTION = 0x80;
/** After the length, a frame has a unit, a function code and at most 252 bytes of data. */
const [LENGTH_MIN, LENGTH_MAX] = [2, 254];
const FUNCTION_CODES: ReadonlySet<number> = new Set([
  1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 15, 16, 17, 20, 21, 22, 23, 24, 43,
]);
const UNREACHABLE: Readonly<Record<number, string>> = {
  0x0a: "gateway path unavailable",
  0x0b: "gateway target device failed to respond",
};

export const modbus = {
  name: "modbus",
  title: "Modbus",
  serverKind: "server",
  aliases: [],
  recognises,
  read,
} as const satisfies Protocol;

const frameLength: FrameLength = (bytes, at) => {
  const protocol = [bytes[at + 2], bytes[at + 3]];
  if (protocol.some((byte) => byte !== undefined && byte !== 0)) return "broken";
  const length = bigEndian(bytes, at + LENGTH_AT, 2);
  if (length === null) return null;
  return length < LENGTH_MIN || length > LENGTH_MAX ? "broken" : HEADER - 1 + length;
};

function recognises(said: readonly Said[]): boolean | null {
  const speaker = firstSpeaker(said);
  if (speaker !== "function") return speaker === null ? null : false;
  const { frames, ends } = framesOf(joined(said, "function"), frameLength);
  const [first] = frames;
  if (first === undefined) return ends === "cut" ? null : false;
  return FUNCTION_CODES.has(first[HEADER] ?? 0);
}

function read(seen: SeenConnection): Reading {
  const asks = framesOf(joined(seen.said, "function"), frameLength).frames;
  const says = framesOf(joined(seen.said, "peer"), frameLength).frames;
  return conclude(seen, { answer: answerOf(asks, says) });
}

function answerOf(asks: readonly Uint8Array[], says: readonly Uint8Array[]): ServerSays | null {
  let answer: ServerSays | null = null;
  for (const frame of says) {
    if (!asks.some((request) => answers(frame, request))) continue;
    const exception = (frame[HEADER] ?? 0) >= EXCEPTION ? (frame[HEADER + 1] ?? 0) : 0;
    const text = UNREACHABLE[exception];
    if (text === undefined) return ACCEPTED;
    answer ??= { attempt: "peer-down", code: String(exception), text };
  }
  return answer;
}

/** A frame answers a request that has the same transaction, unit and function code. */
function answers(frame: Uint8Array, request: Uint8Array): boolean {
  const code = (frame[HEADER] ?? 0) & ~EXCEPTION;
  return (
    bigEndian(frame, 0, 2) === bigEndian(request, 0, 2) &&
    frame[UNIT_AT] === request[UNIT_AT] &&
    code === request[HEADER]
  );
}
