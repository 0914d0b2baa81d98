/**
 * Finds out when an Init ended and whether it succeeded, if the platform did not report its end (docs/aws/logs.md#system-log-levels,
 * docs/checks.md#when-the-order-is-not-known). Text logs, and JSON logs at level INFO, do not show the end of a successful Init. An inferred end is
 * marked as such, so that the finding can say which log setting would show it.
 */
import { INIT_MS_MAX } from "../../domain/time-limits.ts";
import type { ObservedEnvironment } from "./environment.ts";

export interface InitContext {
  readonly evidenceEnd: number | null;
  /** From the journal: with format JSON and system log level DEBUG the log shows the end of every Init. */
  readonly initEndsVisible: boolean;
}

export function resolveInits(environments: readonly ObservedEnvironment[], context: InitContext): void {
  // If the log shows the end of one Init, it shows the ends of all Inits. Then the end of an Init is not inferred: if it is missing, evidence is
  // missing.
  const visible =
    context.initEndsVisible ||
    environments.some((one) => one.init?.status === "success" && one.init.endSource === "reported");
  for (const environment of environments) resolveInit(environment, visible, context.evidenceEnd);
  endSnapshots(environments);
}

function resolveInit(environment: ObservedEnvironment, visible: boolean, evidenceEnd: number | null): void {
  const init = environment.init;
  if (init === null || init.status !== null) return;
  const firstStart = firstStartOf(environment);
  if (firstStart !== null) {
    const byDuration = init.durationMs === null ? null : init.start + init.durationMs;
    init.status = "success";
    init.end = byDuration === null ? firstStart : Math.min(byDuration, firstStart);
    init.endSource = byDuration === null ? "start-follows" : "init-duration";
    return;
  }
  if (visible || evidenceEnd === null || evidenceEnd <= init.start + INIT_MS_MAX) return;
  init.status = "success";
  init.end = init.start + INIT_MS_MAX;
  init.endSource = "inferred";
}

/**
 * The environment whose Init made the snapshot of a version (SnapStart) ended with that Init: it can neither be invoked nor hold a
 * connection. Text logs do not mark such an environment. It is recognised because other environments of the same version were restored. In
 * every other way it looks like an environment that waits for its first invocation.
 */
function endSnapshots(environments: readonly ObservedEnvironment[]): void {
  const restored = new Set(environments.flatMap((one) => (one.restored ? [one.version] : [])));
  for (const environment of environments) {
    const { init, version, keptInvocations, condensed } = environment;
    const invoked = keptInvocations.length + condensed.served + condensed.unseen > 0;
    if (environment.restored || invoked || init?.endSource !== "reported" || init.end === null) continue;
    environment.snapshot ||= restored.has(version);
    if (environment.snapshot) environment.end ??= init.end;
  }
}

function firstStartOf(environment: ObservedEnvironment): number | null {
  let first: number | null = null;
  for (const { start } of environment.keptInvocations)
    if (start !== null && (first === null || start < first)) first = start;
  return first;
}
