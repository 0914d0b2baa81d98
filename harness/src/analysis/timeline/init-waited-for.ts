/**
 * Whether a caller waited for an Init, told by the gap between its end and the environment's first START: an Init inside an
 * invocation is followed by START at once, one ahead of need by nothing until somebody calls. `Init Duration` in a REPORT does not
 * tell it: AWS writes it there also when nobody waited.
 */
import { INIT_MS_MAX } from "../../domain/time-limits.ts";
import type { ObservedEnvironment } from "./environment.ts";

/** What lies between is neither: a call may have come just after the Init. */
const AT_ONCE_MS = 100;
const LATER_MS = 1_000;

export interface InitWait {
  /** From the end of the Init to the first START; null where one of the two is not known, or the Init failed. */
  readonly gapMs: number | null;
  /** Null: it cannot be told, or the Init failed and ran again inside the invocation. */
  readonly waitedFor: boolean | null;
}

export function initWaitedFor(environment: ObservedEnvironment, firstStart: number | null): InitWait {
  const { init, initializationType } = environment;
  if (init?.status !== "success" || firstStart === null) return { gapMs: null, waitedFor: null };
  const known = init.end !== null && init.endSource !== "start-follows";
  const gapMs = known ? Math.max(0, firstStart - (init.end ?? firstStart)) : null;
  if (initializationType === "provisioned-concurrency") return { gapMs, waitedFor: false };
  // Its end is not known, but an Init cannot last that long.
  if (gapMs === null)
    return { gapMs, waitedFor: firstStart - init.start > INIT_MS_MAX + LATER_MS ? false : null };
  return { gapMs, waitedFor: gapMs <= AT_ONCE_MS ? true : gapMs > LATER_MS ? false : null };
}
