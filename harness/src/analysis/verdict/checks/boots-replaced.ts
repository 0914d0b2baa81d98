/** Exposure: environments that were replaced while alive, processes that were reset, and Inits that were repeated inside an invocation. */
import { repeatedInitsOf } from "../../timeline/beside.ts";
import type { ObservedEnvironment } from "../../timeline/environment.ts";
import type { Overlap } from "../exposure.ts";
import { defineCheck, type PartialFinding } from "./check.ts";

/** Returns the pairs in which the later environment was invoked after the earlier one, while the earlier one was alive. */
export function replacedPairs(overlaps: readonly Overlap[]): Overlap[] {
  return overlaps.filter(({ earlier, later }) => {
    const first = earlier.keptInvocations.at(0)?.start ?? null;
    const taken = later.keptInvocations.at(0)?.start ?? null;
    return first !== null && taken !== null && first < taken;
  });
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
  run: ({ overlaps }) => {
    const pairs = replacedPairs(overlaps);
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
