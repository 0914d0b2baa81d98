/** Exposure: environments that were replaced while alive, processes that were reset, and Inits that were repeated inside an invocation. */
import { lifeOf, type LIFE_NEEDS } from "../../attribution/environment-lives.ts";
import type { EvidenceView } from "../../correlate/evidence-view.ts";
import { repeatedInitsOf } from "../../timeline/beside.ts";
import type { ObservedEnvironment } from "../../timeline/environment.ts";
import type { Overlap } from "../exposure.ts";
import { defineCheck, type PartialFinding } from "./check.ts";

interface Replacement {
  /** Alive and already invoked when the first invocation of `later` began. */
  readonly earlier: ObservedEnvironment;
  readonly later: ObservedEnvironment;
  /** The first START of `later`. */
  readonly at: number;
}

/**
 * Returns the pairs in which the first invocation of one environment began while the other one, invoked earlier, was still alive. An overlap
 * alone does not show this: the invocation of the overlap may not be the first one of its environment, or it may be an invocation of the
 * environment that was invoked earlier.
 */
export function replacedPairs(
  history: EvidenceView<typeof LIFE_NEEDS>,
  overlaps: readonly Overlap[],
): Replacement[] {
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

function firstStart({ keptInvocations }: ObservedEnvironment): number | null {
  return keptInvocations.at(0)?.start ?? null;
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

export const environmentsReplaced = defineCheck({
  name: "environments-replaced",
  kind: "exposure",
  needs: ["first-after-birth", "environment-ends"],
  run: ({ history, overlaps }) => {
    const pairs = replacedPairs(history, overlaps);
    if (pairs.length === 0) return [{ status: "clear", code: "none-replaced", parameters: {} }];
    return pairs.map(({ earlier, later, at }) => ({
      status: "found",
      code: "environment-replaced",
      parameters: { later: later.id, earlier: earlier.id },
      environment: later,
      from: at,
    }));
  },
});

export const processesReset = defineCheck({
  name: "processes-reset",
  kind: "exposure",
  needs: ["environment-ends"],
  run: ({ history }) => {
    const findings: PartialFinding[] = [];
    for (const environment of history.environments) {
      for (const boot of environment.boots) {
        if (boot.reset === null) continue;
        findings.push({
          status: "found",
          code: "process-reset",
          parameters: { environment: environment.id, reset: boot.reset },
          environment,
          from: boot.from,
          to: boot.to,
        });
      }
    }
    return findings.length === 0 ? [{ status: "clear", code: "none-reset", parameters: {} }] : findings;
  },
});

export const initsRepeated = defineCheck({
  name: "inits-repeated",
  kind: "exposure",
  needs: ["environment-ends"],
  run: ({ history }) => {
    const again = history.environments.filter((environment) => repeatedInitsOf(environment) > 0);
    if (again.length === 0) return [{ status: "clear", code: "no-init-repeated", parameters: {} }];
    return again.map((environment) => ({
      status: "found",
      code: "init-repeated",
      parameters: { environment: environment.id },
      environment,
    }));
  },
});
