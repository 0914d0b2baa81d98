/**
 * Discipline: no connection is held across a freeze. So each connection is closed before the runtime is done with the invocation that
 * opened it. If an Init opened the connection, it is closed before the runtime is done with the first invocation, or by the end of the Init
 * if no invocation followed within a second.
 */
import type { EpochMs } from "../../../base/time.ts";
import { onAxis } from "../../../base/clocks.ts";
import type { FindingStatus } from "../../../result/result-words.ts";
import {
  connectionEndUnknown,
  type ConnectionEndUnknown,
  type ConnectionsUnknown,
} from "../../../result/findings/discipline-findings.ts";
import type { Attempt, ObservedEnvironment } from "../../timeline/environment.ts";
import { holdTo } from "../../timeline/hold.ts";
import { openedIn } from "../../timeline/opened-in.ts";
import { closeUnderWay } from "../../attribution/close-under-way.ts";
import { writesDisconnects } from "../../attribution/writes-disconnects.ts";
import { defineCheck, sayFound, sayUnknown, type PartialFinding } from "./check.ts";
import {
  connectionCheck,
  closedBy,
  closingDeadline,
  connectionsKnown,
  whyConnectionsUnknown,
} from "./connection-evidence.ts";
import type { FunctionHistory } from "../../correlate/function-history.ts";

export const connectionHeldAcrossFreeze = defineCheck({
  ...connectionCheck("connection-held-across-freeze", "none-held-across-freeze", answerFor),
  allowedIfConnectionsAreKept: true,
});

function answerFor(history: FunctionHistory, environment: ObservedEnvironment): PartialFinding | null {
  let unknown: ConnectionEndUnknown | ConnectionsUnknown | null = null;
  for (const boot of environment.boots) {
    for (const attempt of boot.accepted) {
      const state = heldAcross(history, attempt);
      if (state === "found") return found(attempt);
      if (state === "unknown") unknown = endUnknown(history, attempt);
    }
    if (!connectionsKnown(history, boot)) unknown = whyConnectionsUnknown(history, boot);
  }
  if (unknown === null) return null;
  return sayUnknown("held-across-freeze-unknown", { environment: environment.id, why: unknown });
}

function endUnknown(history: FunctionHistory, { ownLine, boot }: Attempt): ConnectionEndUnknown {
  return ownLine && !boot.missingLines && !writesDisconnects(history, boot)
    ? connectionEndUnknown("disconnects-not-written")
    : connectionEndUnknown("connection-end-missing");
}

/**
 * Whether the connection may have ended although no source shows its end. A link, `disconnect` lines, or a peer's log that continues after
 * `at` would show the end.
 */
export function endMayBeMissing(history: FunctionHistory, attempt: Attempt, at: EpochMs): boolean {
  if (holdTo(attempt) !== null || attempt.link !== null) return false;
  if (attempt.ownLine && writesDisconnects(history, attempt.boot)) return false;
  const { peer } = history;
  if (attempt.peer === null || peer === null || !peer.endsShown) return true;
  return (onAxis(peer.lastTime) ?? 0) <= at + history.settings.clockToleranceMs;
}

/** `found`: the connection was held across a freeze. */
export function heldAcross(history: FunctionHistory, attempt: Attempt): FindingStatus {
  const deadline = closingDeadline(attempt);
  if (deadline === "ended") return "clear";
  if (deadline === "unknown") return "unknown";
  const closed = closedBy(history, attempt, deadline.at);
  if (closed !== false) return closed === null ? "unknown" : "clear";
  // The connection was open, or the line about its end is one of the missing lines.
  if (holdTo(attempt) === null && attempt.ownLine && attempt.boot.missingLines) return "unknown";
  return endMayBeMissing(history, attempt, deadline.at) ? "unknown" : "found";
}

function found(attempt: Attempt): PartialFinding {
  const { environment } = attempt;
  const deadline = closingDeadline(attempt);
  const closing = typeof deadline === "object" ? closeUnderWay(attempt, deadline.at) : null;
  const requestIds = attempt.invocation === null ? [] : [attempt.invocation.requestId];
  return sayFound(
    "held-across-freeze",
    {
      environment: environment.id,
      openedIn: openedIn(attempt),
      ...(closing === null ? {} : { closing }),
    },
    { from: attempt.time, to: holdTo(attempt), requestIds },
  );
}
