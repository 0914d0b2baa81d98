/** The links of one environment, one for each peer of its function. They begin and end together. */
import type { ConnectionEndedBy } from "../../words/connection-outcome.ts";
import type { Ending } from "../../record/plan.ts";
import type { Link } from "./link.ts";

export class EnvironmentLinks {
  readonly #all: readonly Link[];

  constructor(all: readonly Link[]) {
    this.#all = all;
  }

  get openConnections(): number {
    return this.#all.reduce((sum, { openConnections }) => sum + openConnections, 0);
  }

  beginBoot(boot: number): void {
    for (const link of this.#all) link.beginBoot(boot);
  }

  beginEnding(ending: Ending, by: Exclude<ConnectionEndedBy, "peer">): void {
    for (const link of this.#all) link.beginEnding(ending, by);
  }

  async finishEnding(ending: Ending, timeoutMs: number): Promise<void> {
    await Promise.all(this.#all.map((link) => link.finishEnding(ending, timeoutMs)));
  }

  stopListening(): void {
    for (const link of this.#all) link.stopListening();
  }

  async drained(): Promise<void> {
    await Promise.all(this.#all.map((link) => link.drained()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((link) => link.close()));
  }
}
