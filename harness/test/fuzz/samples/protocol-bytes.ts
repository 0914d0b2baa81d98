/** The recorded conversations, and for each of their two sides the bytes that it sends. */
import type { Said } from "../../../src/catalogue/protocols/protocol.ts";
import {
  bytesOf,
  LONGRUN_BYTES,
  RAW_BYTES,
  SERVER_FILES,
  serverBytes,
} from "../../catalogue/protocols/recorded-bytes.ts";

export const CONVERSATIONS: readonly (readonly Said[])[] = [
  ...SERVER_FILES.flatMap((file) => serverBytes(file).conversations.map(bytesOf)),
  ...LONGRUN_BYTES.conversations.map(bytesOf),
  ...RAW_BYTES.conversations.map(bytesOf),
];

export const SAMPLES_OF_PROTOCOLS: readonly Buffer[] = (["peer", "function"] as const)
  .flatMap((side) =>
    CONVERSATIONS.map((said) =>
      Buffer.concat(said.filter(({ from }) => from === side).map(({ bytes }) => bytes)),
    ),
  )
  .filter((bytes) => bytes.length > 0);
