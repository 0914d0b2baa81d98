/** Accounting: CloudWatch counts as many invocations and errors as the log shows. Its counts do not depend on the log. */
import { defineCheck, sayClear, sayFound } from "./check.ts";
import { iso } from "../describe-environment.ts";

export const metricsAgree = defineCheck({
  name: "metrics-agree",
  kind: "accounting",
  run: ({ history: { metrics } }) => {
    if (metrics === null) return [];
    if (!metrics.compared) return [sayClear("metrics-not-compared", { why: metrics.why })];
    const { from, to, logged, counted } = metrics;
    const span = { from: iso(from) ?? "", to: iso(to) ?? "" };
    if (metrics.agree)
      return [sayClear("metrics-agree", { ...span, ...counted, settled: logged.unknown }, { from, to })];
    const sums = {
      ...span,
      invocationsCounted: counted.invocations,
      errorsCounted: counted.errors,
      invocationsLogged: logged.invocations,
      errorsLogged: logged.errors,
      unknownLogged: logged.unknown,
    };
    return [sayFound("metrics-differ", sums, { from, to })];
  },
});
