/**
 * Finds when an execution environment began and ended. AWS does not log the end. So the later of two times counts: the time of the last
 * line, and the time at which the environment itself last closed a connection. An environment that was never invoked is assumed to live for
 * the idle life (`--idle-life`) after its Init, but not if its version may have been deleted before the run.
 */
import type { EpochMs } from "../../base/time.ts";
import { ALWAYS, after, later, onAxis } from "../../base/clocks.ts";
import type { ObservedEnvironment } from "../timeline/environment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";
import { isOfOtherVersion } from "./versions-of-run.ts";

export interface Life {
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** True if the end is assumed from `--idle-life`. */
  readonly guessed: boolean;
}

export function lifeOf(history: FunctionHistory, environment: ObservedEnvironment): Life {
  const from = environment.firstLine;
  if (environment.end !== null) return { from, to: later(environment.end, from), guessed: false };
  const known = later(environment.lastLine, lastOwnClose(environment));
  const init = environment.init;
  const neverInvoked =
    environment.invocations.length === 0 && init?.status === "success" && init.end !== null;
  if (!neverInvoked || isOfOtherVersion(history, environment)) return { from, to: known, guessed: false };
  const guess = after(init.end ?? from, history.settings.idleLifeMs);
  return guess > known ? { from, to: guess, guessed: true } : { from, to: known, guessed: false };
}

/**
 * Returns when the environment itself last closed a connection, or -Infinity if it closed none. A close by the peer does not count, because
 * it does not show that the environment was alive.
 */
function lastOwnClose(environment: ObservedEnvironment): EpochMs {
  let last: EpochMs = ALWAYS;
  for (const boot of environment.boots) {
    for (const attempt of boot.attempts) {
      const peerSaw =
        attempt.peer !== null && (attempt.peer.ending === "closed" || attempt.peer.ending === "reset")
          ? onAxis(attempt.peer.endedAt)
          : null;
      const linkSaw = attempt.link !== null && attempt.link.by !== "peer" ? attempt.link.closedAt : null;
      last = later(last, later(peerSaw ?? ALWAYS, linkSaw ?? ALWAYS));
    }
  }
  return last;
}

/**
 * Whether the Init succeeded and no START followed. Null if this is unknown, for example because the line of a START may still arrive, or
 * because the log has no START lines at all.
 */
export function isInitWithoutInvoke(
  history: FunctionHistory,
  environment: ObservedEnvironment,
): boolean | null {
  const init = environment.init;
  // An environment that only made a snapshot is never invoked.
  if (environment.invocations.length > 0 || environment.snapshot) return false;
  // An unrecognised record may be about an invocation.
  if (environment.unrecognised.size > 0) return null;
  if (init === null) return null;
  if (init.status === "error" || init.status === "timeout") return false;
  if (history.startsMissing) return null;
  if (init.status === null || init.end === null || history.evidenceEnd === null) return null;
  return init.end > history.evidenceEnd - history.settings.settleMs ? null : true;
}

/** Returns the end of the Init. If it is unknown or the Init failed, returns the first START, because an Init had ended by then. */
export function usableFrom(environment: ObservedEnvironment): EpochMs | null {
  const init = environment.init;
  if (init !== null && init.status === "success" && init.end !== null) return init.end;
  return environment.invocations.find((invocation) => invocation.start !== null)?.start ?? null;
}
