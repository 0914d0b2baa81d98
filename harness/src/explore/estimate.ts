/** Estimates how many schedules a search will play. The exact number depends on which schedules reach the same state. Pure. */
import type { ScheduledLever } from "../words/lever.ts";
import { EMPTY_MODEL, legalSteps, play, type ModelState } from "./schedule-model.ts";

export interface Estimate {
  /**
   * The number if schedules that reach the same state of the model (schedule-model.ts) always reach the same state of the search
   * (state-key.ts). Here two states of the model are the same if they have the same text in `keyOf`.
   */
  readonly least: number;
  /** The number if no two schedules reach the same state. */
  readonly most: number;
}

export function estimate(depth: number, levers: readonly ScheduledLever[] = []): Estimate {
  let least = 0;
  let most = 0;
  let counted = new Map<string, { readonly state: ModelState; readonly prefixes: number }>([
    [keyOf(EMPTY_MODEL), { state: EMPTY_MODEL, prefixes: 1 }],
  ]);
  const seen = new Set<string>([keyOf(EMPTY_MODEL)]);
  let fresh = [EMPTY_MODEL];
  for (let level = 1; level <= depth; level += 1) {
    const next = new Map<string, { readonly state: ModelState; readonly prefixes: number }>();
    for (const { state, prefixes } of counted.values()) {
      for (const after of successors(state, levers)) {
        most += prefixes;
        const key = keyOf(after);
        next.set(key, { state: after, prefixes: (next.get(key)?.prefixes ?? 0) + prefixes });
      }
    }
    counted = next;
    const reached: ModelState[] = [];
    for (const state of fresh) {
      for (const after of successors(state, levers)) {
        least += 1;
        const key = keyOf(after);
        if (seen.has(key)) continue;
        seen.add(key);
        reached.push(after);
      }
    }
    fresh = reached;
  }
  return { least, most };
}

function successors(state: ModelState, levers: readonly ScheduledLever[]): readonly ModelState[] {
  return legalSteps(state, levers).flatMap((step) => {
    const move = play(state, step);
    return move.legal ? [move.state] : [];
  });
}

/** Returns the same text for two states that differ only in ended environments or in the order of the environments. */
function keyOf(state: ModelState): string {
  return JSON.stringify(
    state
      .filter(({ life }) => life.name !== "ended")
      .map((environment) => JSON.stringify(environment))
      .sort(),
  );
}
