/** Recorded conversations with their meaning, for the tests of the harness's catalogue of protocols and of the functions' own client. */
import { readFileSync } from "node:fs";
import type { PeerMessage } from "../../../../functions/src/connection/protocol.ts";
import type { HelloFrame } from "../../../../functions/src/contract.ts";
import type { AttemptOutcome } from "../../../src/words/connection-outcome.ts";
import { ALL_PROTOCOLS, tlsBeginsAt } from "../../../src/catalogue/protocols/all-protocols.ts";
import { joined } from "../../../src/catalogue/protocols/byte-reader.ts";
import { TlsTalkReader } from "../../../src/catalogue/protocols/tls-talk-reader.ts";
import type { TlsTalk } from "../../../src/catalogue/protocols/tls-talk.ts";
import type { ClientSays } from "../../../src/catalogue/protocols/longrun.ts";
import type { Protocol, Reading, Said, SeenConnection } from "../../../src/catalogue/protocols/protocol.ts";

interface Conversation {
  readonly title: string;
  readonly said: readonly {
    readonly from: Said["from"];
    readonly text?: string;
    readonly base64?: string;
    readonly hex?: string;
  }[];
  readonly end: SeenConnection["end"];
  /** What the function's client finds in the peer's bytes. */
  readonly finds: readonly PeerMessage[];
}

/** Conversations with a server that is not part of longrun. */
export interface ServerBytes {
  /** How the bytes were recorded or written. */
  readonly made: string;
  readonly conversations: readonly (Omit<Conversation, "finds"> & {
    /** If the conversation is cut off, its beginning may also be read as one of these outcomes. */
    readonly passes?: readonly AttemptOutcome[];
    readonly reading: Reading;
  })[];
}

export interface LongrunBytes {
  readonly hello: Omit<HelloFrame, "type">;
  readonly request: { readonly id: string; readonly time: string };
  readonly conversations: readonly (Conversation & {
    /** What the peer finds in the function's bytes. */
    readonly says: readonly ClientSays["says"][];
    readonly reading: Reading;
  })[];
}

export interface RawBytes {
  readonly request: string;
  readonly expect: string;
  readonly conversations: readonly (Conversation & {
    /** Null if the connection stayed open while it was observed. */
    readonly lastedMs: number | null;
    readonly attempt: AttemptOutcome | null;
  })[];
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`bytes/${name}.json`, import.meta.url), "utf8"));

/** The protocols of real servers. For each of them there are recorded bytes in the file with its name. */
export const SERVER_PROTOCOLS: readonly Protocol[] = ALL_PROTOCOLS.filter(({ title }) => title !== null);
/** The names of the files with the bytes of real servers. Those of `tls` are encrypted from the first byte. */
export const SERVER_FILES: readonly string[] = [...SERVER_PROTOCOLS.map(({ name }) => name), "tls"];

export const serverBytes = (name: string): ServerBytes => read(name) as ServerBytes;
export const LONGRUN_BYTES = read("longrun") as LongrunBytes;
export const RAW_BYTES = read("raw") as RawBytes;

export function bytesOf({ said }: Pick<Conversation, "said">): readonly Said[] {
  return said.map(({ from, text, base64, hex }) => ({
    from,
    bytes:
      hex === undefined
        ? Buffer.from(text ?? base64 ?? "", text === undefined ? "base64" : "utf8")
        : Buffer.from(hex, "hex"),
  }));
}

export function seen(
  conversation: Pick<Conversation, "said" | "end">,
  lastedMs: number | null = null,
): SeenConnection {
  const said = bytesOf(conversation);
  return {
    reached: true,
    said,
    talk: talkOf(said),
    peerSpoke: said.some(({ from }) => from === "peer"),
    lastedMs: lastedMs ?? (conversation.end === null ? Infinity : 5),
    end: conversation.end,
  };
}

/** Returns the TLS records of a conversation. Null if it is not encrypted. */
export function talkOf(said: readonly Said[]): TlsTalk | null {
  const clear = tlsBeginsAt(joined(said, "function"));
  if (clear === null) return null;
  const reader = new TlsTalkReader();
  let left = clear;
  let begun = false;
  for (const { from, bytes } of said) {
    if (from === "function") {
      const rest = bytes.subarray(left);
      left = Math.max(0, left - bytes.length);
      begun ||= rest.length > 0;
      reader.take(from, rest, 0);
    } else if (begun) reader.take(from, bytes, 0);
  }
  return reader.talkUntil(0);
}
