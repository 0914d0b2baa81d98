/**
 * Messages of a client that are not answered yet, in bounded memory. The first bytes show which protocol the client speaks; where it is not
 * ours, every message counts as a request.
 */
import { recognise, type ProtocolName } from "../protocols/all-protocols.ts";
import { decodeClientLine, type ClientSays } from "../protocols/longrun.ts";
import { createLineReader } from "./line-reader.ts";

export interface Inbox {
  receive(chunk: Uint8Array): void;
  /** The oldest message, which is then gone. */
  take(): ClientSays | null;
  peek(): ClientSays | null;
  clear(): void;
  readonly empty: boolean;
  /** True: reading must stop until something has been taken. */
  readonly full: boolean;
  /** Null while nothing came. */
  readonly speaks: ProtocolName | null;
}

const MESSAGES_MAX = 64;

export function createInbox(): Inbox {
  const lines = createLineReader();
  let messages: ClientSays[] = [];
  let speaks: Inbox["speaks"] = null;
  return {
    receive(chunk) {
      speaks ??= recognise([{ from: "function", bytes: chunk }])?.name ?? "raw";
      if (speaks === "raw") messages.push({ says: "request", id: "" });
      else
        for (const line of lines.read(chunk))
          messages.push(line === null ? { says: "unreadable" } : decodeClientLine(line));
    },
    take: () => messages.shift() ?? null,
    peek: () => messages[0] ?? null,
    clear() {
      messages = [];
    },
    get empty() {
      return messages.length === 0;
    },
    get full() {
      return messages.length >= MESSAGES_MAX;
    },
    get speaks() {
      return speaks;
    },
  };
}
