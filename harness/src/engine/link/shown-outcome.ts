/**
 * Returns the outcome that the bytes show while the connection is open, or null. Null for our own peer, which writes a log, and for an unknown
 * protocol, whose bytes show no outcome.
 */
import type { AttemptOutcome } from "../../domain/connection-outcome.ts";
import type { BytesRead } from "./first-bytes.ts";

export function shownOutcome(read: BytesRead | null): AttemptOutcome | null {
  if (read === null || read.protocol === "raw" || read.protocol === "longrun") return null;
  return read.reading.attempt;
}

/** Returns whether the end of the connection shows that the server did not serve the client, although the bytes had shown `accepted`. */
export function isTakenBack(recognised: AttemptOutcome | null, read: BytesRead | null): boolean {
  return recognised === "accepted" && read?.reading.attempt === "timed-out";
}
