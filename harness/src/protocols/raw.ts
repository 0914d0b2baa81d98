/**
 * Any protocol that is not in the catalogue. Its bytes have no known meaning, so a refusal and a welcome look alike, and only what TCP shows is
 * reported. A connection that stays open longer than any refusal counts as accepted. In all other cases the outcome of the invocation decides.
 */
import { readTcp, type Protocol } from "./protocol.ts";

/** A connection that lasts longer than this was not refused. It is also the time limit for connecting and for the hello. */
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
