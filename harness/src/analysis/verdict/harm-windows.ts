/**
 * Harm as an operator lived it: from the first harmed invocation's start to the first served one's, or the run's end, each in one
 * plain sentence that names who held the peer, since when, opened in which phase, and who failed for how long.
 */
import type { HarmWindow } from "../../domain/run-result.ts";
import { epochMs, formatDuration, durationMs, isoTime, roundedDuration } from "../../units/time.ts";
import { invocationsIn } from "../timeline/add-condensed.ts";
import type { Attempt, Environment } from "../timeline/environment.ts";
import { holdFrom } from "../timeline/hold.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";
import { shortName } from "../timeline/short-name.ts";

export interface OpenHarmWindow {
  readonly from: number;
  to: number | null;
  invocations: number;
  readonly environments: Environment[];
  readonly holder: Environment;
  readonly hold: Attempt;
  readonly witness: "own-lines" | "other";
  /** It kept out a later process of its own environment. */
  earlierProcess: boolean;
}

/** What else could have been, and what would settle it. */
const OWN_LINES =
  " Only the function's own lines say so: a stranger who took the peer in between would show in the peer's log alone (--peer-log).";

/** Windows in order; one that nobody ended by being served has `to` null. */
export function findHarmWindows(judged: Iterable<AssessedInvocation>): OpenHarmWindow[] {
  const windows: OpenHarmWindow[] = [];
  let open: OpenHarmWindow | null = null;
  for (const { assessment, invocation, from } of judged) {
    if (assessment === null || invocation === null || from === null) continue;
    if (assessment.judged === "served" && open !== null) {
      open.to = from;
      open = null;
    }
    if (assessment.judged !== "harmed") continue;
    if (open === null) {
      open = {
        from,
        to: null,
        invocations: 0,
        environments: [],
        holder: assessment.holder,
        hold: assessment.hold,
        witness: assessment.witness,
        earlierProcess: false,
      };
      windows.push(open);
    }
    open.invocations += 1;
    if (assessment.holder === invocation.environment && assessment.hold.boot === open.hold.boot)
      open.earlierProcess = true;
    if (!open.environments.includes(invocation.environment)) open.environments.push(invocation.environment);
  }
  return windows;
}

export function describeHarmWindow(window: OpenHarmWindow, runEnd: number): HarmWindow {
  const to = Math.max(window.to ?? runEnd, window.from);
  const length = durationMs(to - window.from);
  return {
    from: isoTime(epochMs(window.from)),
    to: isoTime(epochMs(to)),
    durationMs: length,
    invocations: window.invocations,
    environments: window.environments.map((environment) => environment.id),
    holder: window.holder.id,
    text: `${holderClause(window)}; ${failedClause(window)} for ${formatDuration(roundedDuration(length))}${window.to === null ? ", until the end of the run" : ""}.${window.witness === "own-lines" ? OWN_LINES : ""}`,
  };
}

function holderClause(window: OpenHarmWindow): string {
  const { holder, hold, earlierProcess } = window;
  const since = isoTime(epochMs(holdFrom(hold)));
  const openedIn = hold.phase === null ? "" : ` in the ${phaseName(hold.phase)} phase`;
  const [who, whose] = earlierProcess
    ? ["An earlier process of environment", "that environment"]
    : ["Environment", "it"];
  return `${who} ${shortName(holder)} held the peer since ${since}, opened${openedIn}; ${whose} ${handled(holder)}`;
}

function handled(holder: Environment): string {
  const count = invocationsIn(holder);
  if (count === 0) return "never handled an invocation (INIT WITHOUT INVOKE)";
  return count === 1 ? "handled 1 invocation in its life" : `handled ${count} invocations in its life`;
}

function failedClause(window: OpenHarmWindow): string {
  const names = window.environments.map(shortName);
  const who =
    names.length === 1
      ? `environment ${names[0]}`
      : `environments ${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
  return `${who} failed ${window.invocations === 1 ? "1 invocation" : `${window.invocations} invocations`}`;
}

export function phaseName(phase: "init" | "invoke" | "shutdown"): string {
  return phase === "init" ? "Init" : phase === "invoke" ? "Invoke" : "Shutdown";
}
