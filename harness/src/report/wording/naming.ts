import type { JudgedTarget } from "../../words/target.ts";

/**
 * How a sentence writes environments and instants. result.json has plain names (`plainNaming`), a report has numbers and times since the
 * start (view/report-naming.ts).
 */
export interface Naming {
  readonly environment: (id: string) => string;
  /** `time` is ISO 8601. */
  readonly instant: (time: string) => string;
  /** True if existing logs were judged: then the user can read earlier lines (`--since`). A run has no earlier lines. */
  readonly ofLogs: boolean;
}

export function plainNaming(target: JudgedTarget): Naming {
  return { environment: plainName, instant: (time) => time, ofLogs: target === "logs" };
}

function plainName(id: string): string {
  const version = publishedVersion(id);
  return version === null ? shortId(id) : `${shortId(id)} (version ${version})`;
}

/** A log stream has the version in brackets (docs/aws/logs.md#log-groups-and-streams). Null for `$LATEST`. */
export function publishedVersion(id: string): string | null {
  return /\[(\d+)\]/.exec(id)?.[1] ?? null;
}

const SHORT_LENGTH = 8;
const WHOLE_LENGTH_MAX = 12;

/** Returns the end of an id, such as `…1d2e3f40`. The last eight characters differ within a run, and can be searched for. */
export function shortId(id: string): string {
  return id.length <= WHOLE_LENGTH_MAX ? id : `…${id.slice(-SHORT_LENGTH)}`;
}
