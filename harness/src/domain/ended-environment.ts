/**
 * Records that an execution environment of the local engine ended, for any reason except the end of the engine itself. It is a line of
 * `logs/applied.jsonl`, like the results of plan entries. AWS logs nothing like it, so no check requires it.
 */
import type { AppliedEntry, Ending } from "./plan.ts";

export interface EndedEnvironment {
  readonly result: "ended";
  /** Name of the function as the engine knows it. */
  readonly functionName: string;
  /** Log stream of the environment. */
  readonly environment: string;
  /** The time (ISO 8601 UTC) from which none of its processes was running. */
  readonly time: string;
  readonly ending: Ending;
}

/** What the platform did, as the local engine reports it. */
export type PlatformRecord = AppliedEntry | EndedEnvironment;

export function isEnd(record: PlatformRecord): record is EndedEnvironment {
  return record.result === "ended";
}
