/**
 * Groups takeovers. The takeovers in which two clients took the connection from each other in turn are one group. All other takeovers are
 * grouped by evicter (the client that took the connection) and victim (the client that lost it).
 */
import type { Attempt } from "../timeline/environment.ts";
import type { Takeover, TakeoverGroup } from "./takeover.ts";

/** Two takeovers, one in each direction, can happen by chance. */
const TURNS_MIN = 3;

/** `found` and the groups are in order of time. */
export function groupTakeovers(found: readonly Takeover[]): readonly TakeoverGroup[] {
  const turns = turnsIn(found).filter(({ length }) => length >= TURNS_MIN);
  const inTurn = new Set(turns.flat());
  const groups: { readonly inTurn: boolean; readonly takeovers: Takeover[] }[] = turns.map((takeovers) => ({
    inTurn: true,
    takeovers,
  }));
  const byPair = new Map<string, Takeover[]>();
  for (const takeover of found) {
    if (inTurn.has(takeover)) continue;
    const key = `${takeover.evicter.environment.id}\n${takeover.victim.environment.id}`;
    const pair = byPair.get(key);
    if (pair !== undefined) pair.push(takeover);
    else {
      const takeovers = [takeover];
      byPair.set(key, takeovers);
      groups.push({ inTurn: false, takeovers });
    }
  }
  return groups
    .flatMap(({ inTurn: turn, takeovers }): TakeoverGroup[] => {
      const [first] = takeovers;
      if (first === undefined) return [];
      const { evicter, victim } = first;
      return [{ evicter: evicter.environment, victim: victim.environment, inTurn: turn, takeovers }];
    })
    .sort((a, b) => (a.takeovers[0]?.at ?? 0) - (b.takeovers[0]?.at ?? 0));
}

/**
 * In a chain, two environments take the place from each other: each takeover ends the connection that got the place in the previous
 * takeover.
 */
function turnsIn(found: readonly Takeover[]): readonly Takeover[][] {
  const chains: Takeover[][] = [];
  const endingWith = new Map<Attempt, Takeover[]>();
  for (const takeover of found) {
    const chain = endingWith.get(takeover.victim);
    const last = chain?.at(-1);
    if (chain !== undefined && last?.victim.environment === takeover.evicter.environment) {
      endingWith.delete(takeover.victim);
      chain.push(takeover);
      endingWith.set(takeover.evicter, chain);
    } else {
      const begun = [takeover];
      chains.push(begun);
      endingWith.set(takeover.evicter, begun);
    }
  }
  return chains;
}

/** Whether a client connected again by itself: in the invocation in which it had lost its connection, or outside of any invocation. */
export function reconnects({ takeovers }: TakeoverGroup): boolean {
  return takeovers.some(({ evicter }, index) => {
    const before = takeovers[index - 1];
    if (before === undefined || before.victim.boot !== evicter.boot) return false;
    const { invocation } = evicter;
    if (invocation === null) return evicter.phase !== "init";
    return (invocation.start ?? Infinity) <= before.at && evicter.time <= (invocation.end ?? Infinity);
  });
}
