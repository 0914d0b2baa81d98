/**
 * Decides from the gap between the end of an Init and the first START whether a caller waited for the Init. `Init Duration` in a REPORT
 * does not show this, because AWS writes it whether a caller waited or not.
 */
import { between, earlier } from "../../base/clocks.ts";
import type { DurationMs, EpochMs } from "../../base/time.ts";
import { INIT_MS_MAX } from "../../words/time-limits.ts";
import type { ObservedEnvironment } from "./environment.ts";

/** Up to this gap, a caller waited for the Init. */
const AT_ONCE_MS = 100;
/** Beyond this gap, no caller waited. In between, the answer is unknown, because a call may have come just after the Init. */
const LATER_MS = 1_000;

export interface InitWait {
  /** From the end of the Init to the first START. Null if either is unknown or the Init failed. */
  readonly gapMs: DurationMs | null;
  /** Null if this is unknown, or if the Init failed. */
  readonly waitedFor: boolean | null;
}

export function initWaitedFor(environment: ObservedEnvironment, firstStart: EpochMs | null): InitWait {
  const { init, initializationType } = environment;
  if (init?.status !== "success" || firstStart === null) return { gapMs: null, waitedFor: null };
  const known = init.end !== null && init.endSource !== "start-follows";
  const gapMs = known ? between(earlier(init.end ?? firstStart, firstStart), firstStart) : null;
  if (initializationType === "provisioned-concurrency") return { gapMs, waitedFor: false };
  // The end of the Init is unknown, but no Init lasts longer than INIT_MS_MAX.
  if (gapMs === null)
    return { gapMs, waitedFor: firstStart - init.start > INIT_MS_MAX + LATER_MS ? false : null };
  const within = init.withinMs ?? 0;
  return { gapMs, waitedFor: gapMs + within <= AT_ONCE_MS ? true : gapMs - within > LATER_MS ? false : null };
}
