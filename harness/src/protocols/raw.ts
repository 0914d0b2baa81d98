/**
 * Any protocol that the catalogue does not know: bytes without a meaning. A refusal may be an answer too, and both are bytes; so only what
 * TCP shows is said, and that a connection which outlasts every refusal was accepted. The rest is decided by what became of the invocation.
 */
import { readTcp, type Protocol } from "./protocol.ts";

/** How long after its answer a connection must stay open to be more than a refusal: the limit of connect and hello. */
export const REFUSAL_LASTS_MS_MAX = 2_000;

export const raw = {
  name: "raw",
  aliases: ["bytes"],
  recognises: () => true,
  read(seen) {
    const reading = readTcp(seen);
    const outlasts = seen.end?.by !== "peer" && seen.lastedMs > REFUSAL_LASTS_MS_MAX;
    return reading.attempt === null && seen.reached === true && seen.peerSpoke && outlasts
      ? { ...reading, attempt: "accepted" }
      : reading;
  },
} as const satisfies Protocol;
