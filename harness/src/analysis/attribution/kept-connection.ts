/** Finds the connection that a process kept from an earlier invocation, and decides whether it was still open when the next invocation began. */
import type { EpochMs } from "../../base/time.ts";
import { NEVER, earlier, onAxis } from "../../base/clocks.ts";
import { firstIndex } from "../../base/first-index.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import { holdTo } from "../timeline/hold.ts";
import { lastUse } from "./known-open.ts";
import { endsWithoutLine, writesDisconnects } from "./writes-disconnects.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/**
 * Returns the last connection that the boot got before START and that this invocation did not open itself. A connection that the link
 * opened before START counts even if the peer accepted it a moment later.
 */
export function keptConnection(invocation: ObservedInvocation): Attempt | null {
  const { boot, start, end } = invocation;
  if (start === null) return null;
  const { accepted } = boot;
  const after = firstIndex(accepted.length, (index) => {
    const { time, link, peer, invocation: own } = accepted[index] as Attempt;
    const openedBefore = own === null && link !== null && link.openedAt <= start && peer?.queuedAt == null;
    return time > (openedBefore ? (end ?? start) : start);
  });
  const kept = accepted[after - 1] ?? null;
  // A packed invocation (timeline/packed-invocations.ts) is a new object at each access, so the objects may differ for one invocation.
  const own = kept !== null && (kept.invocation === invocation || invocation.attempts.includes(kept));
  return own ? (accepted[after - 2] ?? null) : kept;
}

/** Returns the connection of an attempt of the Init that was accepted only during the invocation. */
export function acceptedMeanwhile({ boot, start, end }: ObservedInvocation): Attempt | null {
  return (
    boot.initAttempts.findLast(
      ({ outcome, time, peer, link }) =>
        outcome === "accepted" &&
        time >= (start ?? Infinity) &&
        time <= (end ?? Infinity) &&
        peer?.queuedAt == null &&
        link?.queued !== true,
    ) ?? null
  );
}

/** Whether the kept connection was open at the time `at`. Null if this is unknown. `attempts` are the invocation's own attempts. */
export function keptIsOpen(
  history: FunctionHistory,
  kept: Attempt,
  { at, attempts }: { readonly at: EpochMs; readonly attempts: readonly Attempt[] },
): boolean | null {
  return mayBeClosed(history, kept, attempts) ? false : isOpenAt(history, kept, at);
}

/**
 * Null if the peer's clock does not allow a decision. The function notices a dead connection only at its next use, so the times of the
 * peer and the link decide first. The times of the endings `ready` and `displaced` are not used: they show only that the connection had
 * ended by then, and not when.
 */
function isOpenAt(history: FunctionHistory, attempt: Attempt, time: EpochMs): boolean | null {
  const ending = attempt.peer?.ending ?? null;
  const endedAt = ending === "ready" || ending === "displaced" ? null : (attempt.peer?.endedAt ?? null);
  if (endedAt !== null) {
    const ahead = attempt.environment.peerAhead;
    if (attempt.disconnect !== null && attempt.disconnect.time <= time) return false;
    if (ahead === null) return null;
    return onAxis(endedAt, ahead.to) > time ? true : onAxis(endedAt, ahead.from) <= time ? false : null;
  }
  const exact = attempt.link?.closedAt ?? null;
  if (exact !== null) return exact > time;
  const end = holdTo(attempt);
  if (end === null) return true;
  if (end <= time) return false;
  const outcome = attempt.disconnect?.outcome ?? null;
  if (outcome !== "reset" && outcome !== "evicted") return true;
  const used = usedUntil(history, attempt, end);
  return outcome === "reset" ? used >= time : used > time;
}

const lastUses = new WeakMap<Attempt, EpochMs>();

/**
 * Returns the START of the last invocation that used the connection with success before the function found that the connection had ended
 * (`foundAt`) or got its next connection. This use shows that the peer had not yet ended the connection. After an eviction, the use
 * shows this only for the time before the START, because a function that reads no answer notices the end only at its next use. If there was
 * no such use, returns when the connection was opened.
 */
function usedUntil(history: FunctionHistory, kept: Attempt, foundAt: EpochMs): EpochMs {
  let used = lastUses.get(kept);
  if (used === undefined) {
    const next = kept.boot.accepted.find(({ time }) => time > kept.time)?.time ?? NEVER;
    used = lastUse(history, kept, earlier(foundAt, next));
    lastUses.set(kept, used);
  }
  return used;
}

/**
 * Whether the connection may have ended without a line. It may if the function omits such lines, or if the function does not write them
 * reliably and tried to connect again.
 */
function mayBeClosed(history: FunctionHistory, kept: Attempt, attempts: readonly Attempt[]): boolean {
  const { boot, ownLine, peer, link } = kept;
  if (!ownLine || peer !== null || link !== null || holdTo(kept) !== null) return false;
  return endsWithoutLine(history, boot) || (attempts.length > 0 && !writesDisconnects(history, boot));
}
