/** The platform of `serve --platform`: one plan for each hour (a block). For a new function, entries that are already past are skipped. */
import type { Plan } from "../../../record/plan-file.ts";
import type { Clock } from "../../../run/ports/clock.ts";
import { durationMs, epochMs } from "../../../base/time.ts";
import type { Fleet } from "../../fleet-contract.ts";
import type { Conductor, StartConductor } from "./conductor.ts";

/** The first block has the number 0. */
export type DrawBlock = (block: number, lengthMs: number) => Plan;

export interface PlatformOptions {
  readonly draw: DrawBlock;
  readonly fleet: Fleet;
  readonly clock: Clock;
  readonly startConductor: StartConductor;
  readonly update: (functionName: string) => Promise<void>;
  readonly report: (problem: string) => void;
}

const BLOCK_MS = 3_600_000;

export class PlatformBlocks {
  readonly #options: PlatformOptions;
  readonly #conductors = new Map<string, Conductor>();
  readonly #closing = new AbortController();
  readonly #turning: Promise<void>;
  #functions = new Set<string>();
  #plan: Plan;
  #blockStart: number;

  constructor(options: PlatformOptions) {
    this.#options = options;
    this.#blockStart = options.clock.now();
    this.#plan = options.draw(0, BLOCK_MS);
    this.#turning = this.#turn();
  }

  /** Returns methods of the fleet. If they add or remove a function, they also inform this platform. */
  over(fleet: Fleet): Pick<Fleet, "put" | "remove" | "removeVersion" | "setReservedConcurrency"> {
    return {
      put: (snapshot) => {
        fleet.put(snapshot);
        this.add(snapshot.fleetKey ?? snapshot.functionName);
      },
      remove: async (name) => {
        await Promise.all([this.remove(name), fleet.remove(name)]);
      },
      removeVersion: (name, version) => fleet.removeVersion(name, version),
      setReservedConcurrency: (name, reserved) => fleet.setReservedConcurrency(name, reserved),
    };
  }

  add(functionName: string): void {
    if (this.#functions.has(functionName) || this.#closing.signal.aborted) return;
    this.#functions.add(functionName);
    this.#conduct(functionName);
  }

  /** Resolves when the platform no longer acts on the function. */
  async remove(functionName: string): Promise<void> {
    this.#functions.delete(functionName);
    const conductor = this.#conductors.get(functionName);
    this.#conductors.delete(functionName);
    await conductor?.stop();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#functions = new Set();
    await this.#turning;
    await Promise.all([...this.#conductors.values()].map((conductor) => conductor.stop()));
  }

  async #turn(): Promise<void> {
    const { clock, draw } = this.#options;
    for (let block = 1; ; block += 1) {
      const end = this.#blockStart + BLOCK_MS;
      await clock.sleep(durationMs(Math.max(0, end - clock.now())), this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      this.#blockStart = end;
      this.#plan = draw(block, BLOCK_MS);
      for (const functionName of this.#functions) this.#conduct(functionName);
    }
  }

  #conduct(functionName: string): void {
    const { fleet, clock, startConductor, update, report } = this.#options;
    const begun = this.#conductors.get(functionName);
    const passed = clock.now() - this.#blockStart;
    const plan = { ...this.#plan, entries: this.#plan.entries.filter(({ offsetMs }) => offsetMs >= passed) };
    const conductor = startConductor({
      fleet,
      plan,
      functions: [functionName],
      startAt: epochMs(this.#blockStart),
      clock,
      update,
      applied: () => undefined,
    });
    this.#conductors.set(functionName, conductor);
    void begun?.stop().catch(() => undefined);
    void conductor.done.catch((error: unknown) =>
      report(`the platform's plan for ${functionName} ended: ${String(error)}`),
    );
  }
}
