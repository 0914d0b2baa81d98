/**
 * The peer's half of the protocol: decodes lines of clients and encodes answers. Pure, and safe on hostile input: any line decodes to one
 * of four messages, the last of which is `unreadable`.
 */
import type { PeerFrame } from "../../../functions/src/contract.ts";
import type { PeerHello } from "../domain/peer-log.ts";

export type ClientSays =
  | { readonly says: "hello"; readonly hello: PeerHello; readonly token: number | null }
  | { readonly says: "request"; readonly id: string }
  | { readonly says: "bye" }
  | { readonly says: "unreadable" };

const UNREADABLE: ClientSays = { says: "unreadable" };
/** Longest text of a hello, since it is logged with every connection; real ids are shorter. */
const TEXT_LENGTH_MAX = 512;

export function decodeClientLine(line: string): ClientSays {
  let frame: unknown;
  try {
    frame = JSON.parse(line);
  } catch {
    return UNREADABLE;
  }
  if (typeof frame !== "object" || frame === null || Array.isArray(frame)) return UNREADABLE;
  const members = frame as Readonly<Record<string, unknown>>;
  switch (members["type"]) {
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

function text(value: unknown): string | null {
  return typeof value === "string" && value.length <= TEXT_LENGTH_MAX ? value : null;
}

function token(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}

export function encodePeerFrame(frame: PeerFrame): string {
  return `${JSON.stringify(frame)}\n`;
}
