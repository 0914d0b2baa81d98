/**
 * Finds the shared attempts of each process. An invocation that makes no attempt itself depends on them. Usually they are the attempts made
 * in the Init. A client that connects in module scope and does not wait can be late, so that its attempt comes in the first invocation. The
 * link does not show which code connected. But if no process of the function ever connects after its first invocation, the later
 * invocations depend on that attempt, too. Pure.
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
  for (const boot of boots)
    boot.sharedAttempts = atFirst && boot.lines === 0 ? boot.attempts : boot.initAttempts;
}

/** Whether no process connects after its first invocation, and some process connected in its Init or kept a connection for a later invocation. */
function connectAtFirstOnly(boots: readonly ObservedBoot[]): boolean {
  const connecting = boots.filter(({ attempts }) => attempts.length > 0);
  return (
    connecting.every((boot) => {
      const first = firstOf(boot);
      return boot.attempts.every((attempt) => isEarly(attempt, first));
    }) && connecting.some((boot) => boot.initAttempts.length > 0 || keepsForLater(boot))
  );
}

/**
 * Whether the attempt was made in the Init. Also true for an attempt in the first invocation, if no line shows its phase: code of the Init
 * may have made this attempt.
 */
function isEarly(attempt: Attempt, first: ObservedInvocation | undefined): boolean {
  const { phase, invocation, ownLine, peer } = attempt;
  if (phase === "init") return true;
  return !ownLine && peer?.hello?.phase == null && invocation !== null && invocation === first;
}

/** Whether the process kept a connection for its last invocation. */
function keepsForLater(boot: ObservedBoot): boolean {
  const last = boot.environment.keptInvocations.at(-1);
  if (last?.start == null || last.boot !== boot) return false;
  const { start } = last;
  return boot.accepted.some((hold) => hold.time < start && (holdTo(hold) ?? Infinity) > start);
}

function firstOf(boot: ObservedBoot): ObservedInvocation | undefined {
  return boot.environment.keptInvocations.find((one) => one.boot === boot);
}
