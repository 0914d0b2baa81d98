import type { JudgedTarget } from "../../domain/target.ts";

/**
 * How a sentence names an environment, an instant, and the evidence. The sentences in result.json use the plain names below; a report, which numbers the
 * environments and knows the start of the run, uses its own names.
 */
export interface Naming {
  readonly environment: (id: string) => string;
  /** `time` is ISO 8601. */
  readonly instant: (time: string) => string;
  /** Whether existing logs were judged. Then the user can give earlier ones (`--since`). A run has none that are earlier. */
  readonly ofLogs: boolean;
}

export function plainNaming(target: JudgedTarget): Naming {
  return { environment: shortId, instant: (time) => time, ofLogs: target === "logs" };
}

const SHORT_LENGTH = 8;
const WHOLE_LENGTH_MAX = 12;

/** A short name such as `…1d2e3f40`. The last eight characters of a log stream distinguish the environments of one run, and can be searched for. */
export function shortId(id: string): string {
  return id.length <= WHOLE_LENGTH_MAX ? id : `…${id.slice(-SHORT_LENGTH)}`;
}
