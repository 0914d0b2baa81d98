/** Exposure: environments whose Init succeeded and that were never invoked. This check only informs. */
import { environmentsOfRun } from "../../attribution/before-run.ts";
import { isInitWithoutInvoke } from "../../attribution/environment-lives.ts";
import { defineCheck, orClear, sayFound, sayUnknown, type PartialFinding } from "./check.ts";

export const initWithoutInvoke = defineCheck({
  name: "init-without-invoke",
  kind: "exposure",
  run: ({ history }) => {
    const findings: PartialFinding[] = [];
    let open = 0;
    for (const environment of environmentsOfRun(history)) {
      const answer = isInitWithoutInvoke(history, environment);
      if (answer === null && environment.invocations.length === 0) open += 1;
      if (answer !== true) continue;
      const initEndInferred = environment.init?.endSource === "inferred";
      findings.push(
        sayFound(
          "never-invoked",
          { environment: environment.id, initEndInferred },
          { environment, from: environment.init?.start ?? environment.firstLine, to: environment.end },
        ),
      );
    }
    const code = history.startsMissing ? "starts-not-shown" : "never-invoked-open";
    if (open > 0) findings.push(sayUnknown(code, { environments: open }));
    return orClear(findings, "all-invoked");
  },
});
