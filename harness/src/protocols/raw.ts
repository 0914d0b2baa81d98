/**
 * Any protocol that is not in the catalogue. Its bytes have no known meaning, so a refusal and a welcome look alike. Therefore only the outcome that
 * TCP shows is reported, or the outcome that TLS shows if the client encrypts. There is one addition: a connection counts as accepted if the peer
 * sent something on it, if it lasted longer than any refusal, and if the peer was not the side that ended it. If no outcome is reported, the outcome
 * of the invocation decides.
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
