/** Discipline: no connection is held across a freeze. Each is closed before the runtime is done with the invocation that opened it. */
import type { Attempt, Environment } from "../../timeline/environment.ts";
import { holdTo } from "../../timeline/hold.ts";
import { phaseName } from "../harm-windows.ts";
import { shortName } from "../../timeline/short-name.ts";
import type { FunctionHistory } from "../../correlate/function-history.ts";
import { writesDisconnects } from "../../attribution/writes-disconnects.ts";
import type { Check } from "./check.ts";
import {
  closedBy,
  closingDeadline,
  connectionsKnown,
  connectionsUnknown,
  perEnvironment,
  type EnvironmentAnswer,
} from "./connection-evidence.ts";

export const connectionHeldAcrossFreeze: Check = {
  name: "connection-held-across-freeze",
  kind: "discipline",
  run: ({ history }) =>
    perEnvironment(
      history,
      (environment) => answerFor(history, environment),
      "Every connection was closed before its environment was frozen.",
    ),
};

function answerFor(history: FunctionHistory, environment: Environment): EnvironmentAnswer | null {
  let unknown: string | null = null;
  for (const boot of environment.boots) {
    for (const attempt of boot.accepted) {
      const state = heldAcross(history, attempt);
      if (state === "found") return found(environment, attempt);
      if (state === "unknown") unknown = endUnknown(history, attempt);
    }
    if (!connectionsKnown(history, boot)) unknown = connectionsUnknown(history, boot);
  }
  if (unknown === null) return null;
  return {
    status: "unknown",
    text: `Whether environment ${shortName(environment)} held a connection across a freeze cannot be told: ${unknown}.`,
  };
}

function endUnknown(history: FunctionHistory, { ownLine, boot }: Attempt): string {
  const what = "the end of one of its connections is not in the evidence";
  return ownLine && !boot.missingLines && !writesDisconnects(history, boot)
    ? `${what}, and nothing shows that the function writes a disconnect line when it closes one`
    : what;
}

/** No word of its end, which is no word that it was still open then: who is silent writes none, or stopped writing before. */
export function silenceSaysNothing(history: FunctionHistory, attempt: Attempt, at: number): boolean {
  if (holdTo(attempt) !== null || attempt.link !== null) return false;
  if (attempt.ownLine && writesDisconnects(history, attempt.boot)) return false;
  return attempt.peer === null || (history.peer?.lastTime ?? 0) <= at + history.settings.clockToleranceMs;
}

export function heldAcross(history: FunctionHistory, attempt: Attempt): "found" | "clear" | "unknown" {
  const deadline = closingDeadline(attempt);
  if (deadline === "ended") return "clear";
  if (deadline === "unknown") return "unknown";
  const closed = closedBy(history, attempt, deadline.at);
  if (closed !== false) return closed === null ? "unknown" : "clear";
  // No word of its end: either it is still open, or the line that ended it is missing.
  if (holdTo(attempt) === null && attempt.ownLine && attempt.boot.missingLines) return "unknown";
  return silenceSaysNothing(history, attempt, deadline.at) ? "unknown" : "found";
}

function found(environment: Environment, attempt: Attempt): EnvironmentAnswer {
  const openedIn = attempt.phase === null ? "" : `, opened in the ${phaseName(attempt.phase)} phase,`;
  return {
    status: "found",
    text: `Environment ${shortName(environment)} was frozen with a connection${openedIn} still open.`,
    from: attempt.time,
    to: holdTo(attempt),
    requestIds: attempt.invocation === null ? [] : [attempt.invocation.requestId],
  };
}
