/**
 * Lists the kept invocations of a function in the order of START. If invocations are packed (packed-invocations.ts), the list stores only
 * their order, and makes the object of an invocation at each access.
 */
import { epochMs, type EpochMs } from "../../base/time.ts";
import { firstIndex } from "../../base/first-index.ts";
import { IndexedList, type Listed } from "../../base/listed.ts";
import { InvariantError } from "../../base/invariant.ts";
import type { ObservedEnvironment, ObservedInvocation } from "./environment.ts";
import { PackedInvocations } from "./packed-invocations.ts";

export function listInvocations(environments: readonly ObservedEnvironment[]): Listed<ObservedInvocation> {
  if (environments.some(({ invocations }) => invocations instanceof PackedInvocations))
    return new OrderedInvocations(environments);
  return environments.flatMap(({ invocations }) => [...invocations]).sort((a, b) => startOf(a) - startOf(b));
}

class OrderedInvocations extends IndexedList<ObservedInvocation> {
  readonly length: number;
  readonly #environments: readonly ObservedEnvironment[];
  /** For each environment, how many invocations the environments before it have. */
  readonly #before: Uint32Array;
  /** For each invocation, in the order of START: its index if the lists of all environments are put one after the other. */
  readonly #order: Uint32Array;

  constructor(environments: readonly ObservedEnvironment[]) {
    super();
    this.#environments = environments;
    this.#before = new Uint32Array(environments.length);
    let length = 0;
    for (const [index, { invocations }] of environments.entries()) {
      this.#before[index] = length;
      length += invocations.length;
    }
    this.length = length;
    const starts = new Float64Array(length);
    let place = 0;
    for (const { invocations } of environments)
      for (const invocation of invocations) starts[place++] = startOf(invocation);
    this.#order = Uint32Array.from({ length }, (_, index) => index);
    this.#order.sort((a, b) => {
      const apart = (starts[a] as number) - (starts[b] as number);
      return apart === 0 ? a - b : apart;
    });
  }

  protected override make(index: number): ObservedInvocation {
    const place = this.#order[index] as number;
    const number = this.#environmentAt(place);
    const invocation = this.#environments[number]?.invocations.at(place - (this.#before[number] as number));
    if (invocation === undefined) throw new InvariantError("an invocation has no environment");
    return invocation;
  }

  #environmentAt(place: number): number {
    return firstIndex(this.#before.length, (index) => (this.#before[index] as number) > place) - 1;
  }
}

function startOf({ start, end }: ObservedInvocation): EpochMs {
  return start ?? end ?? epochMs(0);
}
