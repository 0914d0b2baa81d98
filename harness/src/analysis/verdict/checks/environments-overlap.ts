/** Exposure: two environments of the function were alive while one of them was invoked. Reserved concurrency 1 does not prevent this. */
import { defineCheck, type PartialFinding } from "./check.ts";

export const environmentsOverlap = defineCheck({
  name: "environments-overlap",
  kind: "exposure",
  needs: ["first-after-birth"],
  run: ({ exposures, history }): PartialFinding[] => {
    if (exposures.length === 0) {
      return [
        {
          status: "clear",
          code: "no-overlap",
          parameters: {},
        },
      ];
    }
    return exposures.map((exposure) => {
      const invoked = exposure.invocation.environment;
      const other = invoked === exposure.earlier ? exposure.later : exposure.earlier;
      return {
        status: "found",
        code: "environments-overlapped",
        parameters: {
          invoked: invoked.id,
          alive: other.id,
          assumedLifeMs: exposure.guessed ? history.settings.idleLifeMs : null,
          initEndInferred: other.init?.endSource === "inferred",
        },
        environment: invoked,
        holder: null,
        from: exposure.at,
        to: exposure.invocation.end,
        requestIds: [exposure.invocation.requestId],
      };
    });
  },
});
