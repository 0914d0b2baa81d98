/**
 * Decides whether the peer served one other connection from the moment at which it turned an attempt away until the invocation had ended.
 * If the peer has one place, a line of that connection after the end of the invocation proves this, even if other lines are missing.
 */
import { onAxis } from "../../base/clocks.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import { gaveUp, shownUntil, turnedAwayLine } from "../timeline/peer-timeline.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function servedThroughout(
  history: FunctionHistory,
  turnedAway: Attempt,
  { end }: ObservedInvocation,
): boolean {
  const { peer } = turnedAway;
  if (peer === null || end === null || !Number.isFinite(history.orderToleranceMs)) return false;
  const line = peer.refusedAt !== null || gaveUp(peer) ? turnedAwayLine(peer) : null;
  const served = line === null ? null : (history.peer?.servedAfter[line] ?? null);
  if (served === null) return false;
  return onAxis(shownUntil(served)) > end + history.orderToleranceMs;
}
