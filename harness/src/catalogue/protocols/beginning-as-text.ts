import { firstSpeaker, joined } from "./byte-reader.ts";
import type { Said } from "./protocol.ts";

const SHOWN_BYTES = 16;

/**
 * Returns the first 16 bytes of the side that sent first. Bytes that are not printable ASCII become `\xNN`. In a client's bytes, the text
 * after a word such as `auth` is left out, because it can be a password.
 */
export function beginningAsText(said: readonly Said[]): string {
  const speaker = firstSpeaker(said);
  if (speaker === null) return "";
  const text = [...joined(said, speaker).subarray(0, SHOWN_BYTES)].map(shown).join("");
  return speaker === "peer" ? text : text.replace(/(auth|pass|login)\b.*/i, "$1…");
}

function shown(byte: number): string {
  return byte >= 0x20 && byte < 0x7f && byte !== 0x5c
    ? String.fromCharCode(byte)
    : `\\x${byte.toString(16).padStart(2, "0")}`;
}
