/**
 * From which time on the log of a function, and that of its managed peer, is read. On AWS a function may have been modified months ago, and
 * its log since then may have thousands of pages. So the reading begins before the run by the longest life of an environment without
 * invocations: each environment that has lines in the run, or ended shortly before it, is seen. An Init that is older is not seen, and the
 * judgement says so.
 */
import { epochMs, parseIsoTime, type EpochMs } from "../base/time.ts";

/** The longest life of an idle environment that others measured (docs/aws/lifecycle.md#lifetime). */
const IDLE_LIFE_MS_MAX = 3_600_000;

interface EvidenceTimes {
  /** When the function was modified last. Only its later lines are about this code and configuration. */
  readonly modified: EpochMs;
  /** When the run was created. */
  readonly created: string;
  /** What the run assumes about the life of an idle environment (`--idle-life`). */
  readonly idleLifeMs: number;
  /** Whether this machine's clock stamps the lines. It may have been set back since the run was created. */
  readonly ownClock: boolean;
}

export function evidenceSince({ modified, created, idleLifeMs, ownClock }: EvidenceTimes): EpochMs {
  const began = parseIsoTime(created);
  if (ownClock || began === null) return modified;
  return epochMs(Math.max(modified, began - Math.max(IDLE_LIFE_MS_MAX, idleLifeMs)));
}
