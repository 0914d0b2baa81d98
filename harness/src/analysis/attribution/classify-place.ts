/** Decides how a place of the peer was used during a span (docs/checks.md#more-than-one-place). */

import type { Span } from "../../base/clocks.ts";
import { ranBeside } from "../timeline/beside.ts";
import type { Attempt } from "../timeline/environment.ts";
import { workDuring } from "./at-work.ts";
import type { HeldPlace } from "./held-places.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/**
 * `busy`: an environment that was at work, or a stranger, used the place. `own`: the process of the attempt itself, or one that ran beside
 * it, used the place.
 */
type PlaceUse = "idle" | "busy" | "own" | "unknown";

export function classifyPlace(
  history: FunctionHistory,
  place: HeldPlace,
  { attempt, span }: { readonly attempt: Attempt; readonly span: Span },
): PlaceUse {
  if (place.by === "stranger") return "busy";
  if (place.by === "unknown") return "unknown";
  const { boot, environment } = place.hold;
  if (boot === attempt.boot) return "own";
  const beside = ranBeside(boot, attempt.boot);
  if (beside !== null) return beside === "shown" ? "own" : "unknown";
  // The earlier process of the environment has ended, so nothing uses its connection.
  if (environment === attempt.environment) return boot.number < attempt.boot.number ? "idle" : "unknown";
  const work = workDuring(history, environment, span);
  return work === "at-work" ? "busy" : work;
}
