/** Carries out the entries of a plan at their times, for each function separately, and reports the results. */
import { setMaxListeners } from "node:events";
import type { AppliedEntry, Plan } from "../../../record/plan-file.ts";
import { silentLifeMs } from "../../../words/silent-life.ts";
import type { Clock } from "../../../run/ports/clock.ts";
import { isoTime, type EpochMs } from "../../../base/time.ts";
import type { Fleet } from "../../fleet-contract.ts";
import { performEntry } from "./perform-entry.ts";
import type { Performed } from "./performed.ts";
import { planTime, type PlanTime } from "./plan-time.ts";
import { retireSilent, type SilentEnvironments } from "./silent-environment.ts";

export interface ConductorOptions {
  readonly fleet: Fleet;
  readonly plan: Plan;
  readonly functions: readonly string[];
  /** The time of offset 0 of the plan. */
  readonly startAt: EpochMs;
  readonly clock: Clock;
  /** Called once per entry and function, when the entry is done. */
  readonly applied: (entry: AppliedEntry) => void;
  /** Begins a new generation of a function, as an update does. */
  readonly update: (functionName: string) => Promise<void>;
}

export interface Conductor {
  /** Resolves when every entry is done and every silent environment (silent-environment.ts) is retired, or when the conductor was stopped. */
  readonly done: Promise<void>;
  /** Begins no further entry. Resolves when the current step is done and no silent environment of the plan is left. */
  stop(): Promise<void>;
}

export type StartConductor = (options: ConductorOptions) => Conductor;

export function startConductor(options: ConductorOptions): Conductor {
  const stopping = new AbortController();
  // Each function's sequence of entries and each silent environment listens to this one signal, so more than ten listeners are not a leak.
  setMaxListeners(0, stopping.signal);
  const time = planTime({ ...options, durationMs: options.plan.durationMs, signal: stopping.signal });
  const sequences = options.functions.map((functionName) => conductFunction(options, functionName, time));
  const done = Promise.all(sequences).then(() => undefined);
  // If nobody awaits `done`, a failure must not count as an unhandled rejection.
  const settled = done.catch(() => undefined);
  return {
    done,
    async stop() {
      stopping.abort();
      await settled;
    },
  };
}

async function conductFunction(
  options: ConductorOptions,
  functionName: string,
  time: PlanTime,
): Promise<void> {
  const { fleet, plan, update } = options;
  const background: Promise<void>[] = [];
  fleet.setPlacement(functionName, plan.placement);
  for (const [index, entry] of plan.entries.entries()) {
    if (!(await time.waitUntilOffset(entry.offsetMs))) break;
    const performed = await report(options, { functionName, index }, () =>
      performEntry(entry, { fleet, functionName, update, time, intervalMs: plan.intervalMs }),
    );
    if (performed?.silent !== undefined) background.push(retireWhenDue(options, performed.silent, time));
  }
  await Promise.all(background);
}

function retireWhenDue(
  { fleet, plan }: ConductorOptions,
  silent: SilentEnvironments,
  time: PlanTime,
): Promise<void> {
  const retired = retireSilent(silent, { fleet, time, lifeMs: silentLifeMs(plan.intervalMs) });
  // This promise is awaited only at the end of the sequence. Until then a failure must not count as unhandled.
  retired.catch(() => undefined);
  return retired;
}

async function report(
  { clock, applied }: ConductorOptions,
  { functionName, index }: { readonly functionName: string; readonly index: number },
  perform: () => Promise<Performed>,
): Promise<Performed | null> {
  const from = isoTime(clock.now());
  const record = (outcome: Pick<AppliedEntry, "result" | "environments" | "detail">): void =>
    applied({ functionName, entry: index, from, to: isoTime(clock.now()), ...outcome });
  try {
    const performed = await perform();
    const { result, environments, detail } = performed;
    record({ result, environments, detail });
    return performed;
  } catch (error) {
    record({
      result: "failed",
      environments: [],
      detail: error instanceof Error ? error.message : String(error),
    });
    return null;
  }
}
