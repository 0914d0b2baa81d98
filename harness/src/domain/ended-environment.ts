/**
 * The record that an execution environment of the local engine ended: a line of `logs/applied.jsonl`. If environments end because the engine
 * itself ends, there is no such line. AWS logs nothing like it, so no check requires it.
 */
import type { Ending } from "./plan.ts";
import type { AppliedEntry } from "./plan-file.ts";

export const ENDED = "ended";

export interface EndedEnvironment {
  readonly result: typeof ENDED;
  /** Name of the function as the engine knows it. */
  readonly functionName: string;
  /** Log stream of the environment. */
  readonly environment: string;
  /** The time (ISO 8601 UTC) from which none of its processes was running. */
  readonly time: string;
  readonly ending: Ending;
}

export type PlatformRecord = AppliedEntry | EndedEnvironment;

export function isEnd(record: PlatformRecord): record is EndedEnvironment {
  return record.result === ENDED;
}
