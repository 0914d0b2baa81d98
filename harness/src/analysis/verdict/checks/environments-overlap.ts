/** Exposure: two environments of the function were alive while one of them was invoked. This is what reserved concurrency 1 does not prevent. */
import { shortName } from "../../timeline/short-name.ts";
import type { Check, CheckInput, PartialFinding } from "./check.ts";

export const environmentsOverlap: Check = {
  name: "environments-overlap",
  kind: "exposure",
  run: ({ exposures, history }: CheckInput): PartialFinding[] => {
    if (exposures.length === 0) {
      return [
        {
          status: "clear",
          text: "No invocation began while a second environment of the function was alive and the peer was available: nothing was shown.",
        },
      ];
    }
    return exposures.map((exposure) => {
      const invoked = exposure.invocation.environment;
      const other = invoked === exposure.earlier ? exposure.later : exposure.earlier;
      return {
        status: "found",
        text: `Environment ${shortName(invoked)} was invoked while environment ${shortName(other)} was alive${notes(history, exposure.guessed, other.init?.endSource === "inferred")}.`,
        environment: invoked,
        holder: null,
        from: exposure.at,
        to: exposure.invocation.end,
        requestIds: [exposure.invocation.requestId],
      };
    });
  },
};

function notes(history: CheckInput["history"], guessed: boolean, inferred: boolean): string {
  const parts: string[] = [];
  if (guessed)
    parts.push(
      `by the assumption that an environment lives ${history.settings.idleLifeMs / 1_000} s after its Init (--idle-life)`,
    );
  if (inferred)
    parts.push(
      "by the assumption that its Init ended well within 10 s; set the system log level to DEBUG to see it",
    );
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
}
