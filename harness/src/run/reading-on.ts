/**
 * Where the reading of a log continues if a run is resumed on a service that kept running (AWS, or an engine that the run did not start). The
 * resumed run may have created the function again. Then the run's first events are older than the function.
 */
import type { LogCollectorOptions } from "./log-collector.ts";
import type { FunctionResumePoint } from "./resume-point.ts";
import type { SoakInput } from "./soak-input.ts";
import { epochMs, parseIsoTime, type EpochMs } from "../base/time.ts";

interface ReadingOptions {
  readonly input: Pick<SoakInput, "manifest" | "resume" | "logOverlap">;
  readonly modified: EpochMs;
  /** The clock that stamps the log events, if it is this machine's clock. */
  readonly now: (() => EpochMs) | undefined;
}

export function readingOn(
  { logsThrough, records, recordsRead: count }: FunctionResumePoint,
  { input, modified, now }: ReadingOptions,
): Required<Pick<LogCollectorOptions, "from" | "known">> {
  const created = parseIsoTime(input.manifest.createdAt) ?? modified;
  let from = Math.min(modified, created);
  if (now !== undefined) {
    const earliest = Math.min(input.resume?.earliest ?? created, now());
    // If the clock was set back, the log goes on with times before the run began.
    if (earliest < created) from = Math.min(from, earliest - input.logOverlap);
  }
  // `logsThrough` is null if the run was killed before it noted how far it had read. Then `records` has every record that
  // the run has stored so far, so none of them is written twice.
  return { from: epochMs(from), known: { through: logsThrough ?? epochMs(from), records, count } };
}
