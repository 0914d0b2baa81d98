/** Discipline: no connection is opened in the Init phase, because an invocation may never follow. */
import {
  initConnectionsUnknown,
  type ConnectionsUnknown,
  type InitConnectionsUnknown,
} from "../../../result/findings/discipline-findings.ts";
import type { ObservedBoot, ObservedEnvironment } from "../../timeline/environment.ts";
import { openedByInit } from "../../correlate/join-links.ts";
import { openedIn } from "../../timeline/opened-in.ts";
import { sayFound, sayUnknown, type PartialFinding } from "./check.ts";
import { connectionCheck, connectionsKnown, whyConnectionsUnknown } from "./connection-evidence.ts";
import type { FunctionHistory } from "../../correlate/function-history.ts";

export const connectionOpenedInInit = connectionCheck(
  "connection-opened-in-init",
  "none-opened-in-init",
  answerFor,
);

function answerFor(history: FunctionHistory, environment: ObservedEnvironment): PartialFinding | null {
  const opened = environment.boots.flatMap((boot) => boot.initAttempts);
  const first = opened[0];
  if (first !== undefined) {
    const accepted = opened.some((attempt) => attempt.outcome === "accepted");
    return sayFound(
      opened.every((attempt) => openedIn(attempt) === "after-init") ? "left-from-init" : "opened-in-init",
      { environment: environment.id, accepted },
      { from: first.time },
    );
  }
  const left = openedWithoutOutcome(history, environment);
  if (left !== null) return left;
  const why =
    environment.boots.length === 0
      ? initConnectionsUnknown("no-boot")
      : environment.boots.map((boot) => notKnown(history, boot)).find((reason) => reason !== null);
  return why == null ? null : sayUnknown("opened-in-init-unknown", { environment: environment.id, why });
}

/** A connection has no outcome, for example, if the environment was frozen before the server answered. */
function openedWithoutOutcome(
  { links }: FunctionHistory,
  environment: ObservedEnvironment,
): PartialFinding | null {
  const link = links
    ?.get(environment.id)
    ?.find((one) => one.attempt === null && openedByInit(environment, one) === true);
  if (link === undefined) return null;
  return sayFound(
    link.openedAt > (environment.init?.end ?? Infinity) ? "left-from-init" : "opened-in-init",
    { environment: environment.id, accepted: false },
    { from: link.openedAt },
  );
}

/** Null if this boot certainly opened no connection in Init. */
function notKnown(
  history: FunctionHistory,
  boot: ObservedBoot,
): InitConnectionsUnknown | ConnectionsUnknown | null {
  const { environment } = boot;
  const first = boot === environment.boots[0];
  if (first && environment.init === null) return initConnectionsUnknown("init-before-evidence");
  if (first && environment.init?.end == null) return initConnectionsUnknown("init-end-missing");
  // The `boot` line shows that the lines of the Init phase are in the evidence. Without the `boot` line, the hello of a connection in the
  // peer log names the phase.
  if (boot.lines > 0 && !boot.bootLine && boot.attempts.every((attempt) => attempt.peer === null))
    return initConnectionsUnknown("boot-line-missing");
  return connectionsKnown(history, boot) ? null : whyConnectionsUnknown(history, boot);
}
