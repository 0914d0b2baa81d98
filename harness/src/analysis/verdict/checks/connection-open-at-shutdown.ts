/** Discipline: no connection is left open when its environment is shut down. An end of the environment during an invocation is no flaw. */
import type { FindingStatus } from "../../../result/result-words.ts";
import type { Attempt, ObservedEnvironment } from "../../timeline/environment.ts";
import { holdTo } from "../../timeline/hold.ts";
import { defineCheck, sayFound, sayUnknown, type PartialFinding } from "./check.ts";
import { heldAcross, endMayBeMissing } from "./connection-held-across-freeze.ts";
import { connectionCheck, connectionsKnown } from "./connection-evidence.ts";
import type { FunctionHistory } from "../../correlate/function-history.ts";

export const connectionOpenAtShutdown = defineCheck({
  ...connectionCheck("connection-open-at-shutdown", "none-open-at-shutdown", answerFor),
  allowedIfConnectionsAreKept: true,
});

function answerFor(history: FunctionHistory, environment: ObservedEnvironment): PartialFinding | null {
  let unknown = environment.boots.some((boot) => !connectionsKnown(history, boot));
  for (const boot of environment.boots) {
    for (const attempt of boot.accepted) {
      const state = openAtEnd(history, attempt);
      if (state === "found")
        return sayFound(
          "open-at-shutdown",
          { environment: environment.id },
          { from: attempt.time, to: environment.end },
        );
      if (state === "unknown") unknown = true;
    }
  }
  return unknown ? sayUnknown("open-at-shutdown-unknown", { environment: environment.id }) : null;
}

function openAtEnd(history: FunctionHistory, attempt: Attempt): FindingStatus {
  const { boot, environment, link } = attempt;
  // No code was left that could close the connection in the Shutdown phase.
  if (boot.reset !== null || environment.invocations.at(-1)?.endedBy === "driver") return "clear";
  if (attempt.disconnect !== null) return "clear";
  if (heldAcross(history, attempt) === "clear") return "clear";
  if (link !== null && (link.silencedAt !== null || link.by === "environment-end")) return "found";
  if (link !== null && link.closedAt !== null) return "clear";
  if (boot.missingLines) return "unknown";
  const to = holdTo(attempt);
  if (environment.end === null)
    return to !== null && (attempt.peer?.ending === "idle-timeout" || attempt.peer?.ending === "evicted")
      ? "clear"
      : "unknown";
  if (endMayBeMissing(history, attempt, environment.end)) return "unknown";
  // If the connection is only in the peer's log, no line of the function can be assigned to it, so only the peer's clock says when it
  // ended. Within the clock tolerance this time does not show whether it ended before its environment.
  const tolerance = history.settings.clockToleranceMs;
  if (!attempt.ownLine && link === null && to !== null && Math.abs(to - environment.end) <= tolerance)
    return "unknown";
  return to === null || to >= environment.end ? "found" : "clear";
}
