/**
 * Notes the crashes that the local engine's plan applied. The crash of an idle process leaves no line, but the link log counts it as a new
 * boot. So a boot without lifecycle lines is divided at the crash.
 */
import type { PlatformRecord } from "../../record/ended-environment.ts";
import type { Plan } from "../../record/plan-file.ts";
import { parseIsoTime, type EpochMs } from "../../base/time.ts";
import { addBoot } from "./add-boot.ts";
import type { ObservedEnvironment } from "./environment.ts";
import type { EnvironmentsById } from "./environments-by-id.ts";

export function noteCrashes(
  environmentById: EnvironmentsById,
  plan: Plan | null,
  records: readonly PlatformRecord[] | null,
): void {
  for (const record of records ?? []) {
    if (record.result !== "applied" || plan?.entries[record.entry]?.action !== "crash") continue;
    const [from, to] = [parseIsoTime(record.from), parseIsoTime(record.to)];
    if (from === null || to === null) continue;
    for (const name of record.environments) {
      const environment = environmentById.get(name);
      if (environment === undefined) continue;
      environment.crashes = [...environment.crashes, { from, to }];
      divideBoot(environment, from, to);
    }
  }
}

/** Does nothing if lifecycle lines name the boots, or if an invocation ran at the crash, because then the log shows the crash. */
function divideBoot(environment: ObservedEnvironment, from: EpochMs, to: EpochMs): void {
  const last = environment.boots.at(-1);
  if (last === undefined || last.lines > 0 || last.to !== null || last.from > from) return;
  const ran = environment.invocations.some(
    ({ start, end }) => start !== null && start <= to && (end ?? Infinity) >= from,
  );
  if (ran) return;
  last.to = from;
  last.reset = "crash";
  const next = addBoot(environment, null, to);
  for (const invocation of environment.invocations)
    if (invocation.boot === last && (invocation.start ?? -Infinity) > from) invocation.boot = next;
}
