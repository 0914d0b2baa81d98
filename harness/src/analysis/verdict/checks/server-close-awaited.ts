/**
 * Discipline: an environment that closes its connection waits until the server has closed it, too, because only then is the place free. Not
 * to wait is a flaw only if another environment was refused because of it.
 */
import { defineCheck, type PartialFinding } from "./check.ts";
import { CLOSE_LAG_MS } from "../assess-places.ts";

export const serverCloseAwaited = defineCheck({
  name: "server-close-awaited",
  kind: "discipline",
  run: ({ history, judged }): PartialFinding[] => {
    if (history.capacity.places === 1 && history.settings.inFlight === 1) return [];
    const findings: PartialFinding[] = [];
    for (const { assessment, invocation } of judged) {
      if (assessment?.judged !== "not-harmed" || assessment.closer === undefined || invocation === null)
        continue;
      const closer = assessment.closer.environment;
      findings.push({
        status: "found",
        code: "place-not-yet-free",
        parameters: { closer: closer.id, refused: invocation.environment.id, withinMs: CLOSE_LAG_MS },
        environment: closer,
        from: invocation.start,
        to: invocation.end,
        requestIds: [invocation.requestId],
      });
    }
    return findings.length === 0
      ? [{ status: "clear", code: "none-refused-too-early", parameters: {} }]
      : findings;
  },
});
