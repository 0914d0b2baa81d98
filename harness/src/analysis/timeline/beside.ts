/**
 * Finds processes that ran at the same time in one environment, such as the function and an extension or a child process that also writes
 * lifecycle lines. A new boot id alone does not show that an Init was repeated.
 */
import type { EpochMs } from "../../base/time.ts";
import type { Beside, ObservedBoot, ObservedEnvironment } from "./environment.ts";

/** `lastTime` returns the time of the last lifecycle line of a boot, or null. */
export function noteBeside(
  environment: ObservedEnvironment,
  firstStart: EpochMs | null,
  lastTime: (boot: ObservedBoot) => EpochMs | null,
): void {
  const { boots } = environment;
  for (let index = boots.length - 1; index > 0; index -= 1) {
    const [before, boot] = [boots[index - 1] as ObservedBoot, boots[index] as ObservedBoot];
    // After a reset, the next process is the function's new one.
    if (before.reset !== null || boot.bootId === null || before.bootId === null) continue;
    const wroteSince = boots.slice(0, index).some((one) => (lastTime(one) ?? -Infinity) > boot.from);
    boot.beside = wroteSince ? "shown" : besideInInit(environment, firstStart, boot.from);
    const last = boots.findLast(({ from }) => from < (lastTime(before) ?? -Infinity)) ?? before;
    if (last.number > before.number) before.to = last.to;
  }
}

/** As long as an Init has not failed, its process is not replaced (docs/aws/lifecycle.md#failed-init). */
function besideInInit(
  { init, restored }: ObservedEnvironment,
  firstStart: EpochMs | null,
  from: EpochMs,
): Beside | null {
  if (init === null || restored || from < init.start || init.endSource === "start-follows") return null;
  if (init.status !== null && init.status !== "success") return null;
  const end = init.end ?? (init.durationMs === null ? null : init.start + init.durationMs);
  if (end !== null) return from < end ? "shown" : null;
  // The end of the Init is unknown. If this process began after that end, the earlier process may already have ended, while the environment
  // was idle.
  return from < (firstStart ?? Infinity) ? "possible" : null;
}

/** Whether two processes of one environment ran at the same time. */
export function ranBeside(a: ObservedBoot, b: ObservedBoot): Beside | null {
  if (a.environment !== b.environment || a === b) return null;
  const later = a.environment.boots.slice(Math.min(a.number, b.number), Math.max(a.number, b.number));
  if (later.some(({ beside }) => beside === null)) return null;
  return later.every(({ beside }) => beside === "shown") ? "shown" : "possible";
}

/** Each later boot that did not run beside an earlier boot shows a repeated Init, even if the platform wrote no line about that Init. */
export function repeatedInitsOf({ boots, repeatedInits }: ObservedEnvironment): number {
  return Math.max(boots.slice(1).filter(({ beside }) => beside === null).length, repeatedInits);
}
