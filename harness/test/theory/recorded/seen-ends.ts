/**
 * Which end of a connection the link log shows at its moment: the first FIN. Older engines wrote a line only when both sides had ended, and
 * the line about a reset comes after it.
 */
import { parseIsoTime, type EpochMs } from "../../../src/base/time.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";

export interface SeenEnd {
  readonly by: LinkLogRecord["by"];
  readonly at: EpochMs;
}

/** By the numbers of the connections. */
export function seenEnds(linkLog: Iterable<LinkLogRecord>): ReadonlyMap<number, SeenEnd> {
  const ends = new Map<number, SeenEnd>();
  for (const { connection, event, by, time } of linkLog) {
    const at = parseIsoTime(time);
    if (event === "half-closed" && at !== null && !ends.has(connection)) ends.set(connection, { by, at });
  }
  return ends;
}
