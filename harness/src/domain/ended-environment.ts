/**
 * An execution environment of the local engine is gone, for whatever reason but the engine's own end. AWS logs no such thing, and no
 * check requires it. A line of `logs/applied.jsonl`, beside what became of the plan's entries.
 */
import type { AppliedEntry, Ending } from "./plan.ts";

export interface EndedEnvironment {
  readonly result: "ended";
  /** Name of the function as the engine knows it. */
  readonly functionName: string;
  /** Log stream of the environment. */
  readonly environment: string;
  /** ISO 8601 UTC: from then on no process of it was left. */
  readonly time: string;
  readonly ending: Ending;
}

/** What the platform did, as the local engine tells it. */
export type PlatformRecord = AppliedEntry | EndedEnvironment;

export function isEnd(record: PlatformRecord): record is EndedEnvironment {
  return record.result === "ended";
}
