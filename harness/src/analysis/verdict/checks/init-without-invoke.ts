/** Exposure: environments whose Init succeeded and which were never invoked. Informs; never makes a pass by itself. */
import { shortName } from "../../timeline/short-name.ts";
import { isInitWithoutInvoke } from "../../attribution/environment-lives.ts";
import type { Check, CheckInput, PartialFinding } from "./check.ts";

export const initWithoutInvoke: Check = {
  name: "init-without-invoke",
  kind: "exposure",
  run: ({ history }: CheckInput): PartialFinding[] => {
    const findings: PartialFinding[] = [];
    let open = 0;
    for (const environment of history.environments) {
      const answer = isInitWithoutInvoke(history, environment);
      if (answer === null && environment.invocations.length === 0) open += 1;
      if (answer !== true) continue;
      const inferred = environment.init?.endSource === "inferred";
      findings.push({
        status: "found",
        text: `Environment ${shortName(environment)} was initialised and never invoked${inferred ? " (its Init's end is inferred: set the system log level to DEBUG to see it)" : ""}.`,
        environment,
        from: environment.init?.start ?? environment.firstLine,
        to: environment.end,
      });
    }
    if (open > 0)
      findings.push({
        status: "unknown",
        text: `For ${open} environment(s) without an invocation it cannot be told yet: log delivery may be outstanding, or the Init is not in the evidence (widen --since).`,
      });
    if (findings.length === 0)
      findings.push({ status: "clear", text: "Every environment that was initialised was invoked." });
    return findings;
  },
};
