/**
 * Finds out whether the peer served kept connections of two environments at one time. Then it has more than one place. The function's own
 * lines show this, if invocations used both connections after both had been made, and no line shows that one of them ended.
 */
import { NEVER } from "../../base/clocks.ts";
import type { EpochMs } from "../../base/time.ts";
import type { Attempt, ObservedEnvironment } from "../timeline/environment.ts";
import { holdTo } from "../timeline/hold.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";
import { lastUse } from "./known-open.ts";
import { endsWithoutLine } from "./writes-disconnects.ts";

/** If the number of places is only the default, and kept connections refute it, the number is unknown. */
export function withPlacesInUse(history: FunctionHistory): FunctionHistory {
  const { capacity, links, peer } = history;
  const decided = capacity.given || capacity.places !== 1 || links !== null || peer?.ofServer === true;
  if (decided || !servedAtOneTime(history)) return history;
  return { ...history, capacity: { ...capacity, places: null, refuted: true } };
}

function servedAtOneTime(history: FunctionHistory): boolean {
  const tolerance = history.local ? 0 : history.settings.clockToleranceMs;
  let latest: { readonly environment: ObservedEnvironment; readonly usedAt: EpochMs } | null = null;
  /** The last use of a connection of any other environment than that of `latest`. */
  let beside = -Infinity;
  for (const hold of history.ownHolds) {
    if (!isKept(history, hold)) continue;
    const usedAt = lastUse(history, hold, NEVER);
    const other = latest === null || latest.environment === hold.environment ? beside : latest.usedAt;
    // The other connection is older, and both were used after this one was made.
    if (Math.min(other, usedAt) > hold.time + tolerance) return true;
    if (latest === null || usedAt > latest.usedAt) {
      beside = other;
      latest = { environment: hold.environment, usedAt };
    } else if (latest.environment !== hold.environment) beside = Math.max(beside, usedAt);
  }
  return false;
}

/** Whether this is the last connection of its process, and no source shows that it ended. */
function isKept(history: FunctionHistory, hold: Attempt): boolean {
  const { boot, peer } = hold;
  const shownEnd = holdTo(hold) !== null && peer?.ending !== "displaced";
  return !shownEnd && boot.attempts.at(-1) === hold && !boot.missingLines && !endsWithoutLine(history, boot);
}
