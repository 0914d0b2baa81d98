/** Counts the invocations of a search, and their errors. */
import type { InvocationOutcome } from "../record/invocation.ts";
import { reasonOf } from "../catalogue/runtimes/unloadable.ts";

export interface InvocationCounts {
  readonly succeeded: number;
  readonly failed: number;
  /** The most frequent error as `type: message`. Null if no invocation failed with an error of the function. */
  readonly error: { readonly text: string; readonly times: number } | null;
}

export class InvocationTally {
  #succeeded = 0;
  #failed = 0;
  readonly #errors = new Map<string, number>();

  add(outcome: InvocationOutcome): void {
    if (outcome.outcome === "succeeded") {
      this.#succeeded += 1;
      return;
    }
    this.#failed += 1;
    if (outcome.outcome !== "function-error") return;
    const text = reasonOf(outcome);
    this.#errors.set(text, (this.#errors.get(text) ?? 0) + 1);
  }

  counts(): InvocationCounts {
    let error: InvocationCounts["error"] = null;
    for (const [text, times] of this.#errors) if (times > (error?.times ?? 0)) error = { text, times };
    return { succeeded: this.#succeeded, failed: this.#failed, error };
  }
}
