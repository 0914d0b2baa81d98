/** Counts how many invocations the provisioned environments of one function can take, and how many they run. */
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { FunctionLoad } from "./admit.ts";

export class ProvisionedSlots {
  readonly #allocated = new Map<string, number>();
  readonly #running = new Map<string, number>();
  readonly #snapshots = new WeakMap<FunctionSnapshot, FunctionSnapshot>();

  allocate(version: string, count: number): void {
    if (count === 0) this.#allocated.delete(version);
    else this.#allocated.set(version, count);
  }

  begin(version: string): void {
    this.#running.set(version, (this.#running.get(version) ?? 0) + 1);
  }

  end(version: string): void {
    const left = (this.#running.get(version) ?? 0) - 1;
    if (left > 0) this.#running.set(version, left);
    else this.#running.delete(version);
  }

  load(
    version: string | null,
  ): Required<Pick<FunctionLoad, "provisioned" | "onProvisioned" | "fitsProvisioned">> {
    let provisioned = 0;
    let onProvisioned = 0;
    for (const [known, count] of this.#allocated) {
      provisioned += count;
      onProvisioned += Math.min(count, this.#running.get(known) ?? 0);
    }
    const fitsProvisioned =
      version !== null && (this.#running.get(version) ?? 0) < (this.#allocated.get(version) ?? 0);
    return { provisioned, onProvisioned, fitsProvisioned };
  }

  /**
   * Returns the snapshot for a provisioned environment. The result is the same object for the same snapshot, because the folder for /opt
   * (the layers) is made once for each snapshot object.
   */
  snapshotOf(snapshot: FunctionSnapshot): FunctionSnapshot {
    let own = this.#snapshots.get(snapshot);
    if (own === undefined) {
      own = { ...snapshot, initializationType: "provisioned-concurrency" };
      this.#snapshots.set(snapshot, own);
    }
    return own;
  }
}
