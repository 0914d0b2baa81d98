/** Exposure: environments that were replaced while alive, processes that were reset, and Inits that were repeated inside an invocation. */
import { environmentsOfRun } from "../../attribution/before-run.ts";
import { repeatedInitsOf } from "../../timeline/beside.ts";
import { replacedPairs } from "../replaced-environments.ts";
import { defineCheck, orClear, sayFound } from "./check.ts";

export const environmentsReplaced = defineCheck({
  name: "environments-replaced",
  kind: "exposure",
  run: ({ history, overlaps }) => {
    const findings = replacedPairs(history, overlaps).map(({ earlier, later, at }) =>
      sayFound(
        "environment-replaced",
        { later: later.id, earlier: earlier.id },
        { environment: later, from: at },
      ),
    );
    return orClear(findings, "none-replaced");
  },
});

export const processesReset = defineCheck({
  name: "processes-reset",
  kind: "exposure",
  run: ({ history }) => {
    const findings = environmentsOfRun(history).flatMap((environment) =>
      environment.boots.flatMap(({ reset, from, to }) =>
        reset === null
          ? []
          : [sayFound("process-reset", { environment: environment.id, reset }, { environment, from, to })],
      ),
    );
    return orClear(findings, "none-reset");
  },
});

export const initsRepeated = defineCheck({
  name: "inits-repeated",
  kind: "exposure",
  run: ({ history }) => {
    const again = environmentsOfRun(history).filter((environment) => repeatedInitsOf(environment) > 0);
    const findings = again.map((environment) =>
      sayFound("init-repeated", { environment: environment.id }, { environment }),
    );
    return orClear(findings, "no-init-repeated");
  },
});
