/** The plan that is running (at most one), and the results of its entries. */
import { isDeepStrictEqual } from "node:util";
import type { AppliedEntry, Plan } from "../../../record/plan-file.ts";
import type { Clock } from "../../../run/ports/clock.ts";
import { type EpochMs } from "../../../base/time.ts";
import type { AppliedPage } from "../../control-api.ts";
import type { Fleet } from "../../fleet-contract.ts";
import type { Conductor, StartConductor } from "./conductor.ts";

export interface PlanControlOptions {
  readonly fleet: Fleet;
  readonly clock: Clock;
  readonly startConductor: StartConductor;
  readonly update: (functionName: string) => Promise<void>;
  readonly report: (problem: string) => void;
  /** True if the engine runs plans of its own that never end: under `serve --platform`, unless the profile has no actions. */
  readonly platformRuns: boolean;
}

interface PlanStart {
  readonly plan: Plan;
  readonly functions: readonly string[];
  readonly startAt: EpochMs;
  readonly replaces: boolean;
}

export class PlanControl {
  readonly #options: PlanControlOptions;
  #conductor: Conductor | null = null;
  #functions: readonly string[] = [];
  #applied: AppliedEntry[] = [];

  constructor(options: PlanControlOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#options.platformRuns || this.#conductor !== null;
  }

  /** Returns false if another plan is running. With `replaces`, a plan of the same functions is stopped first. */
  async start({ plan, functions, startAt, replaces }: PlanStart): Promise<boolean> {
    if (replaces && isDeepStrictEqual(this.#functions, functions)) await this.stop();
    if (this.running) return false;
    this.#functions = functions;
    const { fleet, clock, update, report } = this.#options;
    const applied: AppliedEntry[] = [];
    this.#applied = applied;
    const conductor = this.#options.startConductor({
      fleet,
      plan,
      functions,
      startAt,
      clock,
      update,
      applied: (entry) => applied.push(entry),
    });
    this.#conductor = conductor;
    void conductor.done
      .catch((error: unknown) => report(`the plan ended: ${String(error)}`))
      .finally(() => {
        if (this.#conductor === conductor) this.#conductor = null;
      });
    return true;
  }

  async stop(): Promise<void> {
    const conductor = this.#conductor;
    if (conductor === null) return;
    await conductor.stop();
    await conductor.done.catch(() => undefined);
    if (this.#conductor === conductor) this.#conductor = null;
  }

  /** Returns at most `most` entries; more may follow from `next` on. */
  page(from: number, most: number): Omit<AppliedPage, "since"> {
    const entries = this.#applied.slice(from, from + most);
    return { entries, next: Math.min(from, this.#applied.length) + entries.length, running: this.running };
  }
}
