import type { JudgedTarget } from "../../domain/target.ts";

/**
 * How a sentence writes an environment and an instant, and how it speaks of the evidence. The sentences in result.json use plain names
 * (`plainNaming`). A report uses numbers for environments, and times since the start of the run (view/report-naming.ts).
 */
export interface Naming {
  readonly environment: (id: string) => string;
  /** `time` is ISO 8601. */
  readonly instant: (time: string) => string;
  /** Whether existing logs were judged. Then the user can read earlier lines (`--since`). A run has no earlier lines. */
  readonly ofLogs: boolean;
}

export function plainNaming(target: JudgedTarget): Naming {
  return { environment: shortId, instant: (time) => time, ofLogs: target === "logs" };
}

const SHORT_LENGTH = 8;
const WHOLE_LENGTH_MAX = 12;

/**
 * Returns a short name such as `…1d2e3f40`. The last eight characters of a log stream distinguish the environments of one run, and can be searched
 * for.
 */
export function shortId(id: string): string {
  return id.length <= WHOLE_LENGTH_MAX ? id : `…${id.slice(-SHORT_LENGTH)}`;
}
