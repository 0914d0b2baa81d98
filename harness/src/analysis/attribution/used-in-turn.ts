/**
 * Finds out whether invocations used the kept connections of two environments in turn. Then the peer served both connections at one time, so
 * it has more than one place. The function's own lines show this, if no line shows that one of the connections ended.
 */
import type { Attempt } from "../timeline/environment.ts";
import { holdTo } from "../timeline/hold.ts";
import type { EvidenceView, OwnerIn } from "../correlate/evidence-view.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";
import { lastUse, type OPEN_NEEDS, uses } from "./known-open.ts";
import { endsWithoutLine } from "./writes-disconnects.ts";

type InTurnView = EvidenceView<typeof OPEN_NEEDS>;
type InTurnOwner = OwnerIn<typeof OPEN_NEEDS>;

/** The number of places is unknown if it is only the default, and connections that were used in turn refute it. */
export function withPlacesInUse(history: FunctionHistory): FunctionHistory {
  const { capacity, links, peer } = history;
  const decided = capacity.given || capacity.places !== 1 || links !== null || peer?.ofServer === true;
  if (decided || !usedInTurn(history)) return history;
  return { ...history, capacity: { ...capacity, places: null, refuted: true } };
}

function usedInTurn(history: InTurnView): boolean {
  let latest: { readonly environment: InTurnOwner["environment"]; readonly at: number } | null = null;
  let beside = -Infinity;
  for (const hold of history.ownHolds) {
    if (!isKept(history, hold)) continue;
    const first = hold.environment.keptInvocations.find((one) => uses(history, hold, one))?.start ?? Infinity;
    const earlier = latest === null || latest.environment === hold.environment ? beside : latest.at;
    // The other connection was used after this one, so it was open all the time.
    if (earlier > first) return true;
    const last = lastUse(history, hold, Infinity);
    if (latest === null || last > latest.at) {
      if (latest !== null && latest.environment !== hold.environment) beside = latest.at;
      latest = { environment: hold.environment, at: last };
    } else if (latest.environment !== hold.environment) beside = Math.max(beside, last);
  }
  return false;
}

/** Whether this is the last connection of its process, and no source shows that it ended. */
function isKept(history: InTurnView, hold: Attempt<InTurnOwner>): boolean {
  const { boot, peer } = hold;
  const shownEnd = holdTo(hold) !== null && peer?.ending !== "displaced";
  return !shownEnd && boot.attempts.at(-1) === hold && !boot.missingLines && !endsWithoutLine(history, boot);
}
