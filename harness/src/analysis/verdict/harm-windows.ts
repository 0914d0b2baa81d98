/**
 * Groups harm into windows, as an operator sees it. A window lasts from the start of the first harmed invocation to the start of the next
 * served invocation, or to the end of the run. It names the holder of the peer, the time since which the peer was held, the phase in which
 * that connection was opened, and the environments that failed.
 */
import type { PeerHeld } from "../../domain/findings/harm-findings.ts";
import type { JudgedWindow } from "../../domain/judgement.ts";
import { epochMs, isoTime } from "../../units/time.ts";
import { invocationsIn } from "../timeline/add-condensed.ts";
import type { Attempt, ObservedEnvironment } from "../timeline/environment.ts";
import { holdFrom } from "../timeline/hold.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";

export interface OpenHarmWindow {
  readonly from: number;
  to: number | null;
  invocations: number;
  readonly environments: ObservedEnvironment[];
  readonly holder: ObservedEnvironment;
  readonly hold: Attempt;
  readonly witness: "own-lines" | "other";
  /** Whether the holder blocked a later process of its own environment. */
  earlierProcess: boolean;
}

/** The needs for the assessed invocations and for the number of invocations that the holder handled. */
export const HARM_WINDOW_NEEDS = ["around-trouble", "invocation-counts"] as const;

/** Returns the windows in order. `to` is null if no served invocation ended the window. */
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

export function describeHarmWindow(window: OpenHarmWindow, runEnd: number): JudgedWindow {
  const to = Math.max(window.to ?? runEnd, window.from);
  return {
    from: isoTime(epochMs(window.from)),
    to: isoTime(epochMs(to)),
    durationMs: to - window.from,
    invocations: window.invocations,
    environments: window.environments.map((environment) => environment.id),
    holder: window.holder.id,
    code: "peer-held",
    parameters: peerHeld(window, runEnd),
  };
}

/** At most this many of the environments that failed are named. */
const FAILED_NAMED_MAX = 3;

export function peerHeld(window: OpenHarmWindow, runEnd: number): PeerHeld {
  const { holder, hold, environments } = window;
  const failed = environments.slice(0, FAILED_NAMED_MAX).map(({ id }) => id);
  return {
    holder: holder.id,
    earlierProcess: window.earlierProcess,
    since: isoTime(epochMs(holdFrom(hold))),
    openedIn: hold.phase,
    holderInvocations: invocationsIn(holder),
    failed,
    moreFailed: environments.length - failed.length,
    invocations: window.invocations,
    durationMs: Math.max(window.to ?? runEnd, window.from) - window.from,
    untilRunEnd: window.to === null,
    ownLinesOnly: window.witness === "own-lines",
  };
}
