/** Discipline: no connection is opened in the Init phase, where no invocation may ever follow. Clear for a boot with a boot line, an Init end and no connect line in Init. */
import type { Boot, Environment } from "../../timeline/environment.ts";
import { shortName } from "../../timeline/short-name.ts";
import type { FunctionHistory } from "../../correlate/function-history.ts";
import type { Check } from "./check.ts";
import {
  connectionsKnown,
  connectionsUnknown,
  perEnvironment,
  type EnvironmentAnswer,
} from "./connection-evidence.ts";

export const connectionOpenedInInit: Check = {
  name: "connection-opened-in-init",
  kind: "discipline",
  run: ({ history }) =>
    perEnvironment(
      history,
      (environment) => answerFor(history, environment),
      "No connection was opened in an Init phase.",
    ),
};

function answerFor(history: FunctionHistory, environment: Environment): EnvironmentAnswer | null {
  const opened = environment.boots.flatMap((boot) => boot.initAttempts);
  const first = opened[0];
  if (first !== undefined) {
    const verb = opened.some((attempt) => attempt.outcome === "accepted")
      ? "opened a connection"
      : "tried to open a connection";
    return {
      status: "found",
      text: `Environment ${shortName(environment)} ${verb} in its Init phase.`,
      from: first.time,
    };
  }
  const why =
    environment.boots.length === 0
      ? "it shows no boot"
      : environment.boots.map((boot) => notKnown(history, boot)).find((reason) => reason !== null);
  if (why == null) return null;
  return {
    status: "unknown",
    text: `Whether environment ${shortName(environment)} opened a connection in Init cannot be told: ${why}.`,
  };
}

/** Null: it is known that this boot opened none in Init. */
function notKnown(history: FunctionHistory, boot: Boot): string | null {
  const { environment } = boot;
  const first = boot === environment.boots[0];
  if (first && environment.init === null) return "its Init is older than the evidence (widen --since)";
  if (first && environment.init?.end == null) return "the end of its Init is not in the evidence";
  // Connections that a peer log with hello shows are judged one by one; all of these said `invoke`.
  if (boot.lines > 0 && !boot.bootLine && boot.attempts.every((attempt) => attempt.peer === null))
    return "its boot line is missing";
  return connectionsKnown(history, boot) ? null : connectionsUnknown(history, boot);
}
