/**
 * Decides whether a caller waited for an Init, from the gap between the end of the Init and the first START. If a caller waits, START follows
 * immediately. If no caller waits, START comes only with the next call. `Init Duration` in a REPORT does not show whether a caller waited, because
 * AWS writes it in both cases.
 */
import { INIT_MS_MAX } from "../../domain/time-limits.ts";
import type { ObservedEnvironment } from "./environment.ts";

/** If the gap is not longer than this, a caller waited for the Init. */
const AT_ONCE_MS = 100;
/**
 * If the gap is longer than this, no caller waited. Between `AT_ONCE_MS` and this, the answer is unknown, because a call may have come just after the
 * Init.
 */
const LATER_MS = 1_000;

export interface InitWait {
  /** From the end of the Init to the first START. Null if either is unknown or the Init failed. */
  readonly gapMs: number | null;
  /** Null if it is unknown, or if the Init failed and was repeated inside the invocation. */
  readonly waitedFor: boolean | null;
}

export function initWaitedFor(environment: ObservedEnvironment, firstStart: number | null): InitWait {
  const { init, initializationType } = environment;
  if (init?.status !== "success" || firstStart === null) return { gapMs: null, waitedFor: null };
  const known = init.end !== null && init.endSource !== "start-follows";
  const gapMs = known ? Math.max(0, firstStart - (init.end ?? firstStart)) : null;
  if (initializationType === "provisioned-concurrency") return { gapMs, waitedFor: false };
  // The end is unknown, but no Init lasts that long.
  if (gapMs === null)
    return { gapMs, waitedFor: firstStart - init.start > INIT_MS_MAX + LATER_MS ? false : null };
  return { gapMs, waitedFor: gapMs <= AT_ONCE_MS ? true : gapMs > LATER_MS ? false : null };
}
