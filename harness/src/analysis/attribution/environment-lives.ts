/**
 * From when to when an execution environment certainly, or by the stated guess, existed. AWS logs no end: a life whose end is
 * unknown lasts to its last line, to the close of its own connection, or, never invoked, for the idle life after its Init.
 */
import type { ObservedEnvironment } from "../timeline/environment.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

export const LIFE_NEEDS = ["environment-ends"] as const;
type LifeView = EvidenceView<typeof LIFE_NEEDS>;

export interface Life {
  readonly from: number;
  readonly to: number;
  /** Longer than its lines because of `--idle-life`. */
  readonly guessed: boolean;
}

export function lifeOf(history: LifeView, environment: ObservedEnvironment): Life {
  const from = environment.firstLine;
  if (environment.end !== null) return { from, to: Math.max(environment.end, from), guessed: false };
  const known = Math.max(environment.lastLine, lastOwnClose(environment));
  const init = environment.init;
  const neverInvoked =
    environment.invocations.length === 0 && init?.status === "success" && init.end !== null;
  if (!neverInvoked) return { from, to: known, guessed: false };
  const guess = (init.end ?? from) + history.settings.idleLifeMs;
  return guess > known ? { from, to: guess, guessed: true } : { from, to: known, guessed: false };
}

/** A close that came from the environment's side shows that it lived; one by the peer does not. */
function lastOwnClose(environment: ObservedEnvironment): number {
  let last = -Infinity;
  for (const boot of environment.boots) {
    for (const attempt of boot.attempts) {
      const peerSaw =
        attempt.peer !== null && (attempt.peer.ending === "closed" || attempt.peer.ending === "reset")
          ? attempt.peer.endedAt
          : null;
      const linkSaw = attempt.link !== null && attempt.link.by !== "peer" ? attempt.link.closedAt : null;
      last = Math.max(last, peerSaw ?? -Infinity, linkSaw ?? -Infinity);
    }
  }
  return last;
}

/** No START by the end of the evidence although its Init succeeded; null while a START may still be on its way. */
export function isInitWithoutInvoke(history: LifeView, environment: ObservedEnvironment): boolean | null {
  const init = environment.init;
  if (environment.invocations.length > 0) return false;
  if (init === null) return null;
  if (init.status === "error" || init.status === "timeout") return false;
  if (init.status === null || init.end === null || history.evidenceEnd === null) return null;
  return init.end > history.evidenceEnd - history.settings.settleMs ? null : true;
}
