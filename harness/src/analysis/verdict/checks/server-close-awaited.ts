/**
 * Discipline: an environment that closes its connection waits until the server has closed it, too, because only then is the place free. Not
 * to wait is a flaw only if another environment was refused because of it.
 */
import { defineCheck, orClear, sayFound, type PartialFinding } from "./check.ts";
import { CLOSE_LAG_MS } from "../assess-places.ts";

export const serverCloseAwaited = defineCheck({
  name: "server-close-awaited",
  kind: "discipline",
  run: ({ history, judged }) => {
    if (history.capacity.places === 1 && history.settings.inFlight === 1) return [];
    const findings: PartialFinding[] = [];
    for (const { assessment, invocation } of judged) {
      if (assessment?.judged !== "not-harmed" || assessment.closer === undefined || invocation === null)
        continue;
      const closer = assessment.closer.environment;
      const { start: from, end: to, requestId } = invocation;
      findings.push(
        sayFound(
          "place-not-yet-free",
          { closer: closer.id, refused: invocation.environment.id, withinMs: CLOSE_LAG_MS },
          { environment: closer, from, to, requestIds: [requestId] },
        ),
      );
    }
    return orClear(findings, "none-refused-too-early");
  },
});
