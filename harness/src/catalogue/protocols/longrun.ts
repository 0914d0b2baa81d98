/**
 * The protocol of our own peer (docs/contracts.md#the-peer): each line is a JSON object, and the client's first line is a hello. Every line
 * that is no known message is decoded to `unreadable`, so hostile input is safe.
 */
import type { PeerFrame } from "../../../../functions/src/contract.ts";
import { parseJsonObject } from "../../base/json-object.ts";
import type { PeerHello } from "../../record/peer-log.ts";
import { readTcp, type Protocol, type Reading, type Said, type SeenConnection } from "./protocol.ts";

const OPENING_BRACE = 0x7b;

export const longrun = {
  name: "longrun",
  title: null,
  serverKind: null,
  aliases: [],
  closesAtGoodbye: true,
  recognises: recognisesFrames,
  read: readConnection,
} as const satisfies Protocol;

function recognisesFrames(said: readonly Said[]): boolean | null {
  const first = said.find(({ bytes }) => bytes.length > 0);
  if (first === undefined) return null;
  return first.from === "function" && first.bytes[0] === OPENING_BRACE;
}

function readConnection(seen: SeenConnection): Reading {
  const reading = readTcp(seen);
  const says = linesOf(seen.said, "function").map(decodeClientLine);
  const frames = linesOf(seen.said, "peer").map((line) => parseJsonObject(line)?.["type"]);
  const served = frames.includes("welcome");
  const hello = says.find((one) => one.says === "hello");
  return {
    ...reading,
    attempt: served ? "accepted" : frames.includes("busy") ? "refused" : reading.attempt,
    end: served && frames.includes("evicted") ? "evicted" : reading.end,
    code: frames.includes("busy") ? "busy" : null,
    ...(!served && frames.includes("busy") ? { limit: "server" } : {}),
    clientName: hello?.says === "hello" ? hello.hello.logStream : null,
    goodbye: says.some((one) => one.says === "bye"),
  };
}

/** Leaves out a last line that is cut off. */
function linesOf(said: readonly Said[], from: Said["from"]): readonly string[] {
  const decoder = new TextDecoder();
  const text = said
    .filter((one) => one.from === from)
    .map(({ bytes }) => decoder.decode(bytes, { stream: true }))
    .join("");
  return text.split("\n").slice(0, -1);
}

export type ClientSays =
  | { readonly says: "hello"; readonly hello: PeerHello; readonly token: number | null }
  | { readonly says: "request"; readonly id: string }
  | { readonly says: "bye" }
  | { readonly says: "unreadable" };

const UNREADABLE: ClientSays = { says: "unreadable" };
/** Longest text in a hello. It is logged with every connection. Real ids are shorter. */
const TEXT_LENGTH_MAX = 512;

export function decodeClientLine(line: string): ClientSays {
  const members = parseJsonObject(line);
  switch (members?.["type"]) {
    case "hello": {
      const hello = {
        bootId: text(members["bootId"]),
        logStream: text(members["logStream"]),
        phase: text(members["phase"]),
      };
      return { says: "hello", hello, token: token(members["token"]) };
    }
    case "request": {
      const id = text(members["id"]);
      return id === null ? UNREADABLE : { says: "request", id };
    }
    case "bye":
      return { says: "bye" };
    default:
      return UNREADABLE;
  }
}

export function encodePeerFrame(frame: PeerFrame): string {
  return `${JSON.stringify(frame)}\n`;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.length <= TEXT_LENGTH_MAX ? value : null;
}

function token(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}
