/** Makes the numbers of takeovers for result.json. */
import type { TakenOverResult } from "../../result/peer-result.ts";
import type { Takeover, Takeovers } from "./takeover.ts";
import { waitsByInvocation } from "./takeover-waits.ts";

export function countTakeovers({ found, groups }: Takeovers): TakenOverResult {
  const waited = [...waitsByInvocation(found).values()].flatMap(({ waitedMs }) => waitedMs ?? []);
  return {
    total: found.length,
    inTurn: groups.reduce((sum, { inTurn, takeovers }) => sum + (inTurn ? takeovers.length : 0), 0),
    delayed: waited.length,
    longestWaitMs: Math.max(0, ...waited),
    pairs: pairsOf(found),
  };
}

function pairsOf(found: readonly Takeover[]): TakenOverResult["pairs"] {
  const pairs = new Map<string, { readonly evicter: string; readonly victim: string; times: number }>();
  for (const { evicter, victim } of found) {
    const [by, of] = [evicter.environment.id, victim.environment.id];
    const pair = pairs.get(`${by}\n${of}`) ?? { evicter: by, victim: of, times: 0 };
    pair.times += 1;
    pairs.set(`${by}\n${of}`, pair);
  }
  return [...pairs.values()];
}
