/**
 * Counts the invocations that were served although other environments were alive that could have held the peer. An exposure counts a pair
 * of environments only once, so this number shows how often the hazard was there without harm.
 */
import { firstIndex } from "../../base/first-index.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";
import { candidatesOf } from "./find-places-exposures.ts";
import { othersForExposure } from "./find-exposures.ts";

export function countServedExposed(history: FunctionHistory, judged: Iterable<AssessedInvocation>): number {
  const enough = othersForExposure(history);
  if (enough === null) return 0;
  const alive = candidatesOf(history).filter(({ from, life }) => from <= life.to);
  const ownSpans = new Map(alive.map((one) => [one.environment, one]));
  const births = alive.map(({ from }) => from);
  const ends = alive.map(({ life }) => life.to).sort((a, b) => a - b);
  let served = 0;
  for (const { assessment, invocation } of judged) {
    const at = invocation?.start ?? null;
    if (invocation === null || at === null || assessment?.judged !== "served") continue;
    const born = firstIndex(births.length, (index) => (births[index] ?? 0) > at);
    const ended = firstIndex(ends.length, (index) => (ends[index] ?? 0) >= at);
    const own = ownSpans.get(invocation.environment);
    const self = own !== undefined && own.from <= at && at <= own.life.to ? 1 : 0;
    if (born - ended - self >= enough) served += 1;
  }
  return served;
}
