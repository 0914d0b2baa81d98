/**
 * Finds the shared attempts of each process: invocations that made no attempt themselves depend on them. Usually the attempts of the Init
 * are shared. But if a client in module scope does not wait for its connect, its attempt can come in the first invocation. Such an attempt
 * is shared too if no process of the function connects after its first invocation, and some process connects in its Init or keeps a
 * connection for a later invocation. This applies only if the link log has every connection, and only to a process without lifecycle
 * lines.
 */
import { holdTo } from "../timeline/hold.ts";
import type {
  Attempt,
  ObservedBoot,
  ObservedEnvironment,
  ObservedInvocation,
} from "../timeline/environment.ts";

/** `linksWhole`: the link log has a record of every connection. */
export function noteSharedAttempts(environments: readonly ObservedEnvironment[], linksWhole: boolean): void {
  const boots = environments.flatMap((environment) => environment.boots);
  const atFirst = linksWhole && connectAtFirstOnly(boots);
  for (const boot of boots) {
    const shared = atFirst && boot.lines === 0 ? boot.attempts : boot.initAttempts;
    boot.sharedAttempts = shared;
  }
}

function connectAtFirstOnly(boots: readonly ObservedBoot[]): boolean {
  const connecting = boots.filter(({ attempts }) => attempts.length > 0);
  return (
    connecting.every((boot) => {
      const first = firstOf(boot);
      return boot.attempts.every((attempt) => isEarly(attempt, first));
    }) && connecting.some((boot) => boot.initAttempts.length > 0 || keepsForLater(boot))
  );
}

/** Also true for an attempt in the first invocation if no line shows its phase, because code of the Init may have made it. */
function isEarly(attempt: Attempt, first: ObservedInvocation | undefined): boolean {
  const { phase, invocation, ownLine, peer } = attempt;
  if (phase === "init") return true;
  return !ownLine && peer?.hello?.phase == null && invocation !== null && invocation === first;
}

function keepsForLater(boot: ObservedBoot): boolean {
  const last = boot.environment.invocations.at(-1);
  if (last?.start == null || last.boot !== boot) return false;
  const { start } = last;
  return boot.accepted.some((hold) => hold.time < start && (holdTo(hold) ?? Infinity) > start);
}

function firstOf(boot: ObservedBoot): ObservedInvocation | undefined {
  return boot.environment.invocations.find((one) => one.boot === boot);
}
