/** What a link keeps of the peer's first bytes: not the bytes, but by what they can be compared with the answer that a probe got. */
import { createHash } from "node:crypto";
import type { FirstAnswer } from "../../record/probe.ts";
import { DIGEST_LETTERS } from "../../words/digest-letters.ts";

export function firstAnswer(bytes: Uint8Array): FirstAnswer {
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, DIGEST_LETTERS);
  return { bytes: bytes.length, digest };
}
