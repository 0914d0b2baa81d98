/** Environments that were replaced while alive, resets of processes, and Inits that were repeated inside an invocation. */
import type { EpochMs } from "../../base/time.ts";
import { lifeOf } from "../attribution/environment-lives.ts";
import { repeatedInitsOf } from "../timeline/beside.ts";
import type { ObservedEnvironment } from "../timeline/environment.ts";
import type { Overlap } from "./exposure.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

interface Replacement {
  /** Alive and already invoked when the first invocation of `later` began. */
  readonly earlier: ObservedEnvironment;
  readonly later: ObservedEnvironment;
  /** The first START of `later`. */
  readonly at: EpochMs;
}

/**
 * Returns the pairs in which the first invocation of one environment began while the other one, invoked earlier, was still alive. An overlap
 * alone does not show this: the invocation of the overlap may not be the first one of its environment, or it may be an invocation of the
 * environment that was invoked earlier.
 */
export function replacedPairs(history: FunctionHistory, overlaps: readonly Overlap[]): Replacement[] {
  return overlaps
    .flatMap(({ earlier, later }): Replacement[] => {
      const [one, other] = [firstStart(earlier), firstStart(later)];
      if (one === null || other === null || one === other) return [];
      // The environment that was initialised first may be the one that was invoked later.
      const pair = one < other ? { earlier, later, at: other } : { earlier: later, later: earlier, at: one };
      return pair.at <= lifeOf(history, pair.earlier).to ? [pair] : [];
    })
    .sort((a, b) => a.at - b.at);
}

function firstStart({ invocations }: ObservedEnvironment): EpochMs | null {
  return invocations.at(0)?.start ?? null;
}

export function resets(environments: readonly ObservedEnvironment[]): number {
  return environments.reduce(
    (sum, environment) => sum + environment.boots.filter((boot) => boot.reset !== null).length,
    0,
  );
}

export function reinitialisations(environments: readonly ObservedEnvironment[]): number {
  return environments.reduce((sum, environment) => sum + repeatedInitsOf(environment), 0);
}
