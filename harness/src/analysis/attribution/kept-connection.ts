/** Finds the connection that a process kept from an earlier invocation, and decides whether it was still open when the next invocation began. */
import { firstIndex } from "../../domain/first-index.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import { holdTo } from "../timeline/hold.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";
import { endsWithoutLine, HABIT_NEEDS, writesDisconnects } from "./writes-disconnects.ts";

export const KEPT_NEEDS = ["environment-neighbours", ...HABIT_NEEDS] as const;
type KeptView = EvidenceView<typeof KEPT_NEEDS>;

/**
 * Returns the last connection that the boot got before START, leaving out connections that this invocation opened itself. Null if there is
 * none. A connection that the link opened before START counts even if the peer accepted it a moment later, when the invocation already ran.
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
  // The object of a packed invocation is made again at each access, so its attempts are compared, too.
  const own = kept !== null && (kept.invocation === invocation || invocation.attempts.includes(kept));
  return own ? (accepted[after - 2] ?? null) : kept;
}

/** Whether the kept connection was open when the invocation began. `attempts` are the invocation's own attempts. Returns null if this is unknown. */
export function keptIsOpen(
  history: KeptView,
  kept: Attempt,
  { at, attempts }: { readonly at: number; readonly attempts: readonly Attempt[] },
): boolean | null {
  return mayBeClosed(history, kept, attempts) ? false : isOpenAt(kept, at);
}

/**
 * Whether the connection was open at this time. Returns null if the peer's clock does not allow a decision. The function notices a dead
 * connection only at its next use and writes the disconnect line at that time, so the peer's log and the link log decide first. A `ready`
 * line or the next accepted line in the peer's log does not decide, because it shows only that the connection was over by then.
 */
function isOpenAt(attempt: Attempt, time: number): boolean | null {
  const ending = attempt.peer?.ending ?? null;
  const endedAt = ending === "ready" || ending === "displaced" ? null : (attempt.peer?.endedAt ?? null);
  if (endedAt !== null) {
    const ahead = attempt.environment.peerAhead;
    if (attempt.disconnect !== null && attempt.disconnect.time <= time) return false;
    if (ahead === null) return null;
    return endedAt - ahead.to > time ? true : endedAt - ahead.from <= time ? false : null;
  }
  const exact = attempt.link?.closedAt ?? null;
  if (exact !== null) return exact > time;
  const end = holdTo(attempt);
  if (end === null) return true;
  return end > time && attempt.disconnect?.outcome !== "reset" && attempt.disconnect?.outcome !== "evicted";
}

/**
 * Whether the connection may have been closed without a line about it. This is possible if connections of this function are known to end without a
 * line. It is also possible if the invocation made a new attempt and the function does not reliably write `disconnect` lines.
 */
function mayBeClosed(history: KeptView, kept: Attempt, attempts: readonly Attempt[]): boolean {
  const { boot, ownLine, peer, link } = kept;
  if (!ownLine || peer !== null || link !== null || holdTo(kept) !== null) return false;
  return endsWithoutLine(history, boot) || (attempts.length > 0 && !writesDisconnects(history, boot));
}
