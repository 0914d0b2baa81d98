/**
 * AMQP 0-9-1, as RabbitMQ speaks it (docs/servers.md). The client sends first. The server checks its limits after the login, so only
 * Open-Ok shows that the client is served. After the client's goodbye (Close), the server keeps the place until the client's FIN.
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
import { fieldOf } from "./amqp-table.ts";
import type { Protocol, Reading, Said, SeenConnection } from "./protocol.ts";
import { isTlsThroughout, readEncrypted, type Login } from "./tls.ts";

const HEADER = 7;
const FRAME_END = 0xce;
const FRAME_TYPES: ReadonlySet<number> = new Set([1, 2, 3, 8]);
const GREETING_LENGTH = 8;
/** Class and method number of the methods that are read: Start-Ok has the client's name, the others show how the attempt ended. */
const [START_OK, OPEN_OK, CLOSE] = [0x000a_000b, 0x000a_0029, 0x000a_0032];
const REPLY_SUCCESS = 200;

const LOGIN: Login = { repliesMax: 3 };

export const amqp = {
  name: "amqp",
  title: "AMQP",
  serverKind: "broker",
  aliases: ["rabbitmq"],
  recognises,
  read,
} as const satisfies Protocol;

function recognises(said: readonly Said[]): boolean | null {
  const speaker = firstSpeaker(said);
  if (speaker !== "function") return speaker === null ? null : false;
  return beginsWith(joined(said, "function"), "AMQP\0\0\x09\x01");
}

const frameLength: FrameLength = (bytes, at) => {
  if (!FRAME_TYPES.has(bytes[at] ?? 0)) return "broken";
  const size = bigEndian(bytes, at + 3, 4);
  if (size === null) return null;
  const length = HEADER + size + 1;
  const end = bytes[at + length - 1];
  return end !== undefined && end !== FRAME_END ? "broken" : length;
};

function read(seen: SeenConnection): Reading {
  const [client, server] = [joined(seen.said, "function"), joined(seen.said, "peer")];
  if (isTlsThroughout(seen.said))
    return conclude(seen, { answer: { ...ACCEPTED, attempt: readEncrypted(seen, LOGIN) } });
  const asks = framesOf(client, frameLength, GREETING_LENGTH);
  const says = framesOf(server, frameLength);
  const answer = answerOf(says.frames);
  const close = closeOf(lastFrame(seen, "peer", says, frameLength));
  const bye = closeOf(lastFrame(seen, "function", asks, frameLength));
  return conclude(seen, {
    answer,
    clientName: connectionName(asks.frames),
    goodbye: bye?.code === REPLY_SUCCESS,
    ended: answer?.attempt === "accepted" && close !== null ? { ...close, code: String(close.code) } : null,
  });
}

function methodOf(frame: Uint8Array): number | null {
  return frame[0] === 1 ? bigEndian(frame, HEADER, 4) : null;
}

function answerOf(frames: readonly Uint8Array[]): ServerSays | null {
  for (const frame of frames) {
    if (methodOf(frame) === OPEN_OK) return ACCEPTED;
    const close = closeOf(frame);
    if (close !== null) return { attempt: attemptOf(close), code: String(close.code), text: close.text };
  }
  return null;
}

function attemptOf({ code, text }: ServerClose): ServerSays["attempt"] {
  switch (code) {
    // A limit was reached, or a virtual host is unknown.
    case 530:
      return /\blimit\b/.test(text) ? "refused" : /\bnot found\b/.test(text) ? "denied" : null;
    case 403:
      return "denied";
    // An operator closed the connection, or the broker is stopping.
    case 320:
      return "peer-down";
    default:
      return null;
  }
}

interface ServerClose {
  readonly code: number;
  readonly text: string;
}

function closeOf(frame: Uint8Array | null): ServerClose | null {
  if (frame === null || methodOf(frame) !== CLOSE) return null;
  const at = HEADER + 4;
  const code = bigEndian(frame, at, 2);
  if (code === null) return null;
  return { code, text: textOf(frame.subarray(at + 3, at + 3 + (frame[at + 2] ?? 0))) };
}

/** Password and mechanism come after the properties and are not read. */
function connectionName(frames: readonly Uint8Array[]): string | null {
  const frame = frames.find((one) => methodOf(one) === START_OK);
  return frame === undefined ? null : fieldOf(frame, HEADER + 4, "connection_name");
}
