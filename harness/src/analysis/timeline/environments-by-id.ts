/** Finds environments by their ids. There can be very many, and a map would take memory for each of them. */
import { firstIndex } from "../../base/first-index.ts";
import type { ObservedEnvironment } from "./environment.ts";

export class EnvironmentsById {
  readonly #environments: readonly ObservedEnvironment[];

  /** The environments must be in the order of their ids. */
  constructor(environments: readonly ObservedEnvironment[]) {
    this.#environments = environments;
  }

  get(id: string): ObservedEnvironment | undefined {
    const all = this.#environments;
    const found = all[firstIndex(all.length, (index) => (all[index] as ObservedEnvironment).id >= id)];
    return found?.id === id ? found : undefined;
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }
}
