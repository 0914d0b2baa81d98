/** Facts that weaken the comparison of two runs. A value is null if it is unknown, or if the run had none. */
import { coder, type Coded, type NoParameters } from "../../record/coded.ts";

export interface CaveatParameters {
  /** The user gave the runs in the wrong order: the run given as `after` began before the run given as `before`. */
  readonly "runs-swapped": NoParameters;
  readonly "platforms-differ": Sides<string>;
  /** At least one run had a platform profile from a file, and the profiles differ. */
  readonly "own-platforms-differ": NoParameters;
  readonly "seeds-differ": Sides<number>;
  readonly "durations-differ": Sides<number>;
  readonly "intervals-differ": Sides<number>;
  readonly "run-not-ended": { readonly run: string; readonly status: string };
  /** Each function is the only one of its run, so the two functions are compared although their names differ. */
  readonly "names-differ": { readonly before: string; readonly after: string };
  readonly "no-exposure": { readonly name: string; readonly when: "before" | "after" };
  readonly "exposures-uncountable": { readonly name: string; readonly when: "before" | "after" };
  /** At least one of the results only counts most of its invocations, so the latencies have no interval. */
  readonly "latencies-not-listed": { readonly name: string };
  readonly "reserved-concurrency-differs": { readonly name: string } & Sides<number>;
  /** `peer` is null if the function has one peer. A number of places is null if it is unknown. */
  readonly "capacities-differ": { readonly name: string; readonly peer: string | null } & Sides<number>;
}

interface Sides<Value> {
  readonly before: Value | null;
  readonly after: Value | null;
}

export type Caveat = Coded<CaveatParameters>;
export const caveat = coder<CaveatParameters>();
