/** The oracle: the fates of every invocation in all histories that fit, found by following every step of the simulation. */
import type { Hypothesis } from "../../../src/theory/model/hypothesis.ts";
import type { SimState } from "./sim-state.ts";
import { SimKeys } from "./sim-keys.ts";
import { Simulation } from "./simulate.ts";

/** For each invocation its fates, over all hypotheses; or null if there are more states than `most`. */
export function askOracle(hypotheses: readonly Hypothesis[], most = 20_000): Map<string, Set<string>> | null {
  const fates = new Map<string, Set<string>>();
  for (const { facts, server } of hypotheses) {
    const simulation = new Simulation(facts, server);
    const keys = new SimKeys(facts, server);
    const first = simulation.first();
    const seen = new Set([keys.key(first)]);
    const open: SimState[] = [first];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (seen.size > most) return null;
      if (simulation.isLast(state)) {
        const { fates: told } = state;
        facts.invocations.forEach((i, index) => {
          const of = fates.get(i.id) ?? new Set();
          fates.set(i.id, of.add(told[index]!));
        });
      }
      for (const { state: next } of simulation.successors(state)) {
        const key = keys.key(next);
        if (!seen.has(key)) {
          seen.add(key);
          open.push(next);
        }
      }
    }
  }
  return fates;
}
