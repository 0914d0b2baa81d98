/** Sets the ends of environments that the local engine recorded. No check requires this source, because AWS has nothing like it. */
import { isEnd, type PlatformRecord } from "../../record/ended-environment.ts";
import type { Ending } from "../../record/plan.ts";
import type { AppliedEntry, Plan } from "../../record/plan-file.ts";
import { parseIsoTime, type EpochMs } from "../../base/time.ts";
import type { ObservedEnvironment } from "./environment.ts";
import type { EnvironmentsById } from "./environments-by-id.ts";

export function noteAppliedEnds(
  environments: EnvironmentsById,
  plan: Plan | null,
  records: readonly PlatformRecord[] | null,
): void {
  const entries: AppliedEntry[] = [];
  // Recorded ends are noted before the steps of the plan, because the first end that is noted stays, and the recorded time of a step can be
  // later than the end of the environment that the step ended.
  for (const record of records ?? []) {
    if (!isEnd(record)) {
      entries.push(record);
      continue;
    }
    const at = parseIsoTime(record.time);
    const environment = environments.get(record.environment);
    if (at !== null && environment !== undefined) noteEnd(environment, at, record.ending);
  }
  for (const entry of entries) noteEntry(environments, plan, entry);
}

function noteEntry(environments: EnvironmentsById, plan: Plan | null, entry: AppliedEntry): void {
  const planned = plan?.entries[entry.entry];
  if (planned === undefined || entry.result !== "applied") return;
  if (planned.action !== "retire" && planned.action !== "ahead-elsewhere") return;
  const from = parseIsoTime(entry.from);
  const to = parseIsoTime(entry.to);
  if (from === null || to === null) return;
  for (const name of entry.environments) {
    const environment = environments.get(name);
    // `ahead-elsewhere` also names the environment that it created, which is still alive.
    if (environment === undefined || environment.firstLine >= from) continue;
    noteEnd(environment, to, planned.action === "retire" ? planned.ending : "fin");
  }
}

function noteEnd(environment: ObservedEnvironment, at: EpochMs, ending: Ending): void {
  if (environment.end !== null || environment.lastLine > at) return;
  environment.end = at;
  environment.ending = ending === "silence" ? "vanished" : "shutdown";
}
