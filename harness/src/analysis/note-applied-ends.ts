/**
 * Ends of environments that the local engine's record of its plan knows. An extra source: no check requires it, and where it
 * is absent (AWS logs no end) a life is bounded by other means.
 */
import type { AppliedEntry, Plan } from "../domain/plan.ts";
import { parseIsoTime } from "../units/time.ts";
import type { Environment } from "./environment.ts";

export function noteAppliedEnds(
  environments: ReadonlyMap<string, Environment>,
  plan: Plan | null,
  applied: readonly AppliedEntry[] | null,
): void {
  for (const entry of applied ?? []) {
    const planned = plan?.entries[entry.entry];
    if (planned === undefined || entry.result !== "applied") continue;
    if (planned.action !== "retire" && planned.action !== "ahead-elsewhere") continue;
    const from = parseIsoTime(entry.from);
    const to = parseIsoTime(entry.to);
    if (from === null || to === null) continue;
    for (const name of entry.environments) {
      const environment = environments.get(name);
      // `ahead-elsewhere` also names the environment it created: that one began within the step and lives on.
      if (environment === undefined || environment.firstLine >= from) continue;
      noteEnd(environment, to, planned.action === "retire" && planned.ending === "silence");
    }
  }
}

function noteEnd(environment: Environment, to: number, silent: boolean): void {
  if (environment.end !== null || environment.lastLine > to) return;
  environment.end = to;
  environment.ending = silent ? "vanished" : "shutdown";
}
