/**
 * The unanswered messages of a client, in bounded memory. The first bytes show the protocol; if it is not longrun's, every chunk counts as
 * a request.
 */
import { decodeClientLine, longrun, type ClientSays } from "../catalogue/protocols/longrun.ts";
import { createLineReader } from "./line-reader.ts";

export interface Inbox {
  receive(chunk: Uint8Array): void;
  /** Removes the oldest message. */
  take(): ClientSays | null;
  peek(): ClientSays | null;
  clear(): void;
  readonly empty: boolean;
  /** Reading must stop until a message has been taken. */
  readonly full: boolean;
  /** Null until something has arrived. */
  readonly speaks: "longrun" | "raw" | null;
}

const MESSAGES_MAX = 64;

export function createInbox(): Inbox {
  const lines = createLineReader();
  let messages: ClientSays[] = [];
  let speaks: Inbox["speaks"] = null;
  return {
    receive(chunk) {
      speaks ??= longrun.recognises([{ from: "function", bytes: chunk }]) === true ? "longrun" : "raw";
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
