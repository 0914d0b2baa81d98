/** The connection that an invocation's process had kept from before, and whether it was still open when the invocation began. */
import { firstIndex } from "../../domain/first-index.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import { holdTo } from "../timeline/hold.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";
import { endsUntold, HABIT_NEEDS, writesDisconnects } from "./writes-disconnects.ts";

export const KEPT_NEEDS = ["environment-neighbours", ...HABIT_NEEDS] as const;
type KeptView = EvidenceView<typeof KEPT_NEEDS>;

/** The connection that its boot had kept from before: the last one accepted before START. */
export function keptConnection(invocation: ObservedInvocation): Attempt | null {
  const { boot, start } = invocation;
  if (start === null) return null;
  const { accepted } = boot;
  const after = firstIndex(accepted.length, (index) => (accepted[index]?.time ?? 0) > start);
  const kept = accepted[after - 1] ?? null;
  return kept !== null && kept.invocation === invocation ? (accepted[after - 2] ?? null) : kept;
}

/** `attempts`: those of the invocation itself. Null: it is not known. */
export function keptIsOpen(
  history: KeptView,
  kept: Attempt,
  { at, attempts }: { readonly at: number; readonly attempts: readonly Attempt[] },
): boolean | null {
  return mayBeClosed(history, kept, attempts) ? false : isOpenAt(kept, at);
}

/**
 * Its own invocations' first look at a dead connection is its disconnect line, so the peer's and the link's word come first; but a
 * `ready` or the next accepted line says only by when it was over. Null: the peer's clock does not tell.
 */
function isOpenAt(attempt: Attempt, time: number): boolean | null {
  const ending = attempt.peer?.ending ?? null;
  const told = ending === "ready" || ending === "displaced" ? null : (attempt.peer?.endedAt ?? null);
  if (told !== null) {
    const ahead = attempt.environment.peerAhead;
    if (attempt.disconnect !== null && attempt.disconnect.time <= time) return false;
    if (ahead === null) return null;
    return told - ahead.to > time ? true : told - ahead.from <= time ? false : null;
  }
  const exact = attempt.link?.closedAt ?? null;
  if (exact !== null) return exact > time;
  const end = holdTo(attempt);
  if (end === null) return true;
  return end > time && attempt.disconnect?.outcome !== "reset" && attempt.disconnect?.outcome !== "evicted";
}

/** Where connections end without a line, none in the evidence is no word that one was kept; nor is it where the invocation went for another. */
function mayBeClosed(history: KeptView, kept: Attempt, attempts: readonly Attempt[]): boolean {
  const { boot, ownLine, peer, link } = kept;
  if (!ownLine || peer !== null || link !== null || holdTo(kept) !== null) return false;
  return endsUntold(history, boot) || (attempts.length > 0 && !writesDisconnects(history, boot));
}
