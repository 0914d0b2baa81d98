/**
 * Finds out when an Init ended and whether it succeeded, if the log does not show it (docs/aws/logs.md#system-log-levels,
 * docs/checks.md#when-the-order-is-not-known).
 */
import { after, earlier } from "../../base/clocks.ts";
import type { EpochMs } from "../../base/time.ts";
import { INIT_MS_MAX } from "../../words/time-limits.ts";
import type { ObservedEnvironment } from "./environment.ts";

export interface InitContext {
  readonly evidenceEnd: EpochMs | null;
  /** Whether the log shows the end of every Init. It does if, according to the journal, its format is JSON and the system log level is DEBUG. */
  readonly initEndsVisible: boolean;
}

export function resolveInits(environments: readonly ObservedEnvironment[], context: InitContext): void {
  // A log that shows the end of one successful Init shows the end of each. Then a missing end means missing evidence, and no end is inferred.
  const visible =
    context.initEndsVisible ||
    environments.some((one) => one.init?.status === "success" && one.init.endSource === "reported");
  for (const environment of environments) resolveInit(environment, visible, context.evidenceEnd);
  endSnapshots(environments);
}

function resolveInit(environment: ObservedEnvironment, visible: boolean, evidenceEnd: EpochMs | null): void {
  const init = environment.init;
  if (init === null || init.status !== null) return;
  const firstStart = firstStartOf(environment);
  if (firstStart !== null) {
    const byDuration = init.durationMs === null ? null : after(init.start, init.durationMs);
    init.status = "success";
    init.end = byDuration === null ? firstStart : earlier(byDuration, firstStart);
    init.endSource = byDuration === null ? "start-follows" : "init-duration";
    return;
  }
  if (visible || evidenceEnd === null || evidenceEnd <= init.start + INIT_MS_MAX) return;
  init.status = "success";
  init.end = after(init.start, INIT_MS_MAX);
  init.endSource = "inferred";
}

/**
 * The environment whose Init made the snapshot of a version (SnapStart) ended with that Init. Text logs do not mark it. It is recognised
 * because environments of the same version were restored.
 */
function endSnapshots(environments: readonly ObservedEnvironment[]): void {
  const restored = new Set(environments.flatMap((one) => (one.restored ? [one.version] : [])));
  for (const environment of environments) {
    const { init, version, invocations } = environment;
    const invoked = invocations.length > 0;
    if (environment.restored || invoked || init?.endSource !== "reported" || init.end === null) continue;
    environment.snapshot ||= restored.has(version);
    if (environment.snapshot) environment.end ??= init.end;
  }
}

function firstStartOf(environment: ObservedEnvironment): EpochMs | null {
  let first: EpochMs | null = null;
  for (const { start } of environment.invocations)
    if (start !== null && (first === null || start < first)) first = start;
  return first;
}
