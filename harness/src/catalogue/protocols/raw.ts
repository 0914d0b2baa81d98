/**
 * Any protocol that is not in the catalogue. Its bytes have no known meaning, so TCP or TLS alone shows an outcome. There is one addition.
 * If the peer sent something, the connection lasted longer than any refusal lasts, and the peer did not end it, the attempt was accepted.
 */
import { readTcp, REFUSAL_LASTS_MS_MAX, type Protocol } from "./protocol.ts";
import { ANY_LOGIN, isTlsThroughout, readEncrypted } from "./tls.ts";

export const raw = {
  name: "raw",
  title: null,
  serverKind: null,
  aliases: ["bytes"],
  recognises: () => true,
  read(seen) {
    const reading = readTcp(seen);
    if (isTlsThroughout(seen.said)) return { ...reading, attempt: readEncrypted(seen, ANY_LOGIN) };
    const outlasts = seen.end?.by !== "peer" && seen.lastedMs > REFUSAL_LASTS_MS_MAX;
    return reading.attempt === null && seen.reached === true && seen.peerSpoke && outlasts
      ? { ...reading, attempt: "accepted" }
      : reading;
  },
} as const satisfies Protocol;
