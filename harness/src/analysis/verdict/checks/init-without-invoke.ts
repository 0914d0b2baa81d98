/** Exposure: environments whose Init succeeded and that were never invoked. This check only informs. */
import { environmentsOfRun } from "../../attribution/before-run.ts";
import { isInitWithoutInvoke } from "../../attribution/environment-lives.ts";
import { defineCheck, type PartialFinding } from "./check.ts";

export const initWithoutInvoke = defineCheck({
  name: "init-without-invoke",
  kind: "exposure",
  run: ({ history }): PartialFinding[] => {
    const findings: PartialFinding[] = [];
    let open = 0;
    for (const environment of environmentsOfRun(history)) {
      const answer = isInitWithoutInvoke(history, environment);
      if (answer === null && environment.invocations.length === 0) open += 1;
      if (answer !== true) continue;
      findings.push({
        status: "found",
        code: "never-invoked",
        parameters: {
          environment: environment.id,
          initEndInferred: environment.init?.endSource === "inferred",
        },
        environment,
        from: environment.init?.start ?? environment.firstLine,
        to: environment.end,
      });
    }
    if (open > 0)
      findings.push({
        status: "unknown",
        code: history.startsMissing ? "starts-not-shown" : "never-invoked-open",
        parameters: { environments: open },
      });
    if (findings.length === 0) findings.push({ status: "clear", code: "all-invoked", parameters: {} });
    return findings;
  },
});
