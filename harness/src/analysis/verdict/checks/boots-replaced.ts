/** Exposure: environments that were replaced while alive, processes that were reset, and Inits that were repeated inside an invocation. */
import { environmentsOfRun } from "../../attribution/before-run.ts";
import { repeatedInitsOf } from "../../timeline/beside.ts";
import { replacedPairs } from "../replaced-environments.ts";
import { defineCheck, type PartialFinding } from "./check.ts";

export const environmentsReplaced = defineCheck({
  name: "environments-replaced",
  kind: "exposure",
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
  run: ({ history }) => {
    const findings: PartialFinding[] = [];
    for (const environment of environmentsOfRun(history)) {
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
  run: ({ history }) => {
    const again = environmentsOfRun(history).filter((environment) => repeatedInitsOf(environment) > 0);
    if (again.length === 0) return [{ status: "clear", code: "no-init-repeated", parameters: {} }];
    return again.map((environment) => ({
      status: "found",
      code: "init-repeated",
      parameters: { environment: environment.id },
      environment,
    }));
  },
});
