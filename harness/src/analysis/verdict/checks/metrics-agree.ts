/** Accounting: CloudWatch counts as many invocations and errors as the log shows. Its counts do not depend on the log. */
import { defineCheck, type PartialFinding } from "./check.ts";
import { iso } from "../describe-environment.ts";

export const metricsAgree = defineCheck({
  name: "metrics-agree",
  kind: "accounting",
  run: ({ history: { metrics } }): PartialFinding[] => {
    if (metrics === null) return [];
    if (!metrics.compared)
      return [{ status: "clear", code: "metrics-not-compared", parameters: { why: metrics.why } }];
    const { from, to, logged, counted } = metrics;
    const span = { from: iso(from) ?? "", to: iso(to) ?? "" };
    if (metrics.agree)
      return [
        {
          status: "clear",
          code: "metrics-agree",
          parameters: { ...span, ...counted, settled: logged.unknown },
          from,
          to,
        },
      ];
    return [
      {
        status: "found",
        code: "metrics-differ",
        parameters: {
          ...span,
          invocationsCounted: counted.invocations,
          errorsCounted: counted.errors,
          invocationsLogged: logged.invocations,
          errorsLogged: logged.errors,
          unknownLogged: logged.unknown,
        },
        from,
        to,
      },
    ];
  },
});
