/**
 * SSH, and SFTP over it (docs/servers.md). Banners and the agreement on keys are in clear, the login is encrypted. If too many clients have
 * not logged in yet (MaxStartups), the server says so instead of its banner. MaxStartups is not a number of places.
 */
import { bigEndian, beginsWith, framesOf, joined, textOf, type FrameLength } from "./byte-reader.ts";
import { conclude, type ServerSays } from "./conclude.ts";
import {
  REFUSAL_LASTS_MS_MAX,
  type Protocol,
  type Reading,
  type Said,
  type SeenConnection,
} from "./protocol.ts";

const BANNER = "SSH-";
const TOO_MANY = "Exceeded MaxStartups";
const NEWLINE = 10;
const NEW_KEYS = 21;
const PACKET_LENGTH_MAX = 35_000;

export const ssh = {
  name: "ssh",
  title: "SSH",
  serverKind: "server",
  aliases: ["sftp"],
  encrypts: true,
  serverSpeaksFirst: true,
  recognises,
  read,
} as const satisfies Protocol;

function recognises(said: readonly Said[]): boolean | null {
  const first = said.find(({ bytes }) => bytes.length > 0);
  if (first === undefined) return null;
  const bytes = joined(said, first.from);
  const starts = [beginsWith(bytes, BANNER), first.from === "peer" ? beginsWith(bytes, TOO_MANY) : false];
  return starts.includes(true) ? true : starts.includes(null) ? null : false;
}

function read(seen: SeenConnection): Reading {
  const [client, server] = [joined(seen.said, "function"), joined(seen.said, "peer")];
  const theirs = afterBanner(server);
  return conclude(seen, { answer: answerOf(seen, { client, server, theirs }) });
}

function answerOf(
  seen: SeenConnection,
  sides: { readonly client: Uint8Array; readonly server: Uint8Array; readonly theirs: Uint8Array | null },
): ServerSays | null {
  const { server, theirs } = sides;
  if (beginsWith(server, TOO_MANY) === true)
    return { attempt: "refused", code: "MaxStartups", text: TOO_MANY, countsPlaces: false };
  if (server.length === 0) return null;
  const ours = afterBanner(sides.client);
  const shaken = ours !== null && theirs !== null && hasNewKeys(ours) && hasNewKeys(theirs);
  const attempt = shaken ? afterKeys(seen) : null;
  return { attempt, code: null, text: null };
}

/** The known refusals come before the agreement on keys. If the server ends the connection after the keys, it may have denied the login. */
function afterKeys({ end, lastedMs }: SeenConnection): ServerSays["attempt"] {
  if (end?.by === "peer" || end?.by === null) return "unreadable";
  return end !== null || lastedMs > REFUSAL_LASTS_MS_MAX ? "accepted" : null;
}

/** A server may send other lines before the banner. Null if the banner has not come. */
function afterBanner(bytes: Uint8Array): Uint8Array | null {
  let from = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, from)) {
    const line = textOf(bytes.subarray(from, at));
    from = at + 1;
    if (line.startsWith(BANNER)) return bytes.subarray(from);
  }
  return null;
}

const packetLength: FrameLength = (bytes, at) => {
  const length = bigEndian(bytes, at, 4);
  if (length === null) return null;
  return length < 2 || length > PACKET_LENGTH_MAX ? "broken" : 4 + length;
};

function hasNewKeys(bytes: Uint8Array): boolean {
  return framesOf(bytes, packetLength).frames.some((packet) => packet[5] === NEW_KEYS);
}
