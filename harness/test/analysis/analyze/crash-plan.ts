import type { Selector } from "../../../src/record/plan.ts";
import type { Plan } from "../../../src/record/plan-file.ts";

/** A plan with one entry, which crashes processes. */
export function crashPlan(selector: Selector): Plan {
  return {
    schemaVersion: 1,
    profile: "hostile",
    seed: 1,
    durationMs: 1_000,
    intervalMs: 100,
    placement: "most-recent",
    entries: [{ offsetMs: 0, action: "crash", selector }],
  };
}
