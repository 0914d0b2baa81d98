/**
 * Decides for whom a place of the peer was held during a span: for an environment at work, for an idle one, for the process of the attempt itself,
 * or for another client (docs/checks.md#more-than-one-place).
 */
import type { EvidenceView } from "../correlate/evidence-view.ts";
import type { Span } from "../timeline/clock-shifts.ts";
import type { Attempt } from "../timeline/environment.ts";
import type { WORK_NEEDS } from "./at-work.ts";
import { workDuring } from "./at-work.ts";
import type { HeldPlace } from "./held-places.ts";

/** `busy`: an environment at work, or another client. */
export type Whose = "idle" | "busy" | "own" | "unknown";

export function whoseIs(
  history: EvidenceView<typeof WORK_NEEDS>,
  place: HeldPlace,
  { attempt, span }: { readonly attempt: Attempt; readonly span: Span },
): Whose {
  if (place.by === "stranger") return "busy";
  if (place.by === "unknown") return "unknown";
  const { boot, environment } = place.hold;
  if (boot === attempt.boot) return "own";
  // The earlier process of the environment has ended, so nothing uses its connection.
  if (environment === attempt.environment) return boot.number < attempt.boot.number ? "idle" : "unknown";
  const work = workDuring(history, environment, span);
  return work === "at-work" ? "busy" : work;
}
