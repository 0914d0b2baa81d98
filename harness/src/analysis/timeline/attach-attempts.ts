/**
 * Lines of one boot to attempts: a connect line is an attempt, a disconnect line ends one, and each attempt belongs to the
 * invocation whose request id it names or, where it names none, to the one that ran at its time.
 */
import { groupBy } from "../../domain/group-by.ts";
import { firstIndex } from "../../domain/first-index.ts";
import type { Listed } from "../../domain/listed.ts";
import type { LifecycleEvent } from "../../logs/parse-lifecycle-line.ts";
import type { Attempt, ObservedBoot, ObservedInvocation } from "./environment.ts";

export interface BootLine {
  readonly line: LifecycleEvent;
  readonly time: number;
}

export function matchDisconnects(boot: ObservedBoot, lines: readonly BootLine[]): void {
  const open: Attempt[] = [];
  for (const { line, time } of lines) {
    if (line.event === "connect" && line.outcome !== null) {
      const attempt: Attempt = {
        environment: boot.environment,
        boot,
        time,
        clock: "function",
        phase: line.phase,
        requestId: line.requestId,
        outcome: line.outcome,
        ownLine: true,
        number: line.connection,
        leaseHolder: line.leaseHolder ?? null,
        disconnect: null,
        peer: null,
        link: null,
        invocation: null,
      };
      boot.attempts.push(attempt);
      if (line.outcome === "accepted") open.push(attempt);
    } else if (line.event === "disconnect") {
      const ended = takeEnded(open, line.connection);
      if (ended !== null) ended.disconnect = { time, phase: line.phase, outcome: line.outcome };
    }
  }
}

/** The open attempt with that number; without a number the one opened last. */
function takeEnded(open: Attempt[], number: number | null): Attempt | null {
  for (let index = open.length - 1; index >= 0; index -= 1) {
    const attempt = open[index];
    if (attempt === undefined) continue;
    if (number === null || attempt.number === null || attempt.number === number) {
      open.splice(index, 1);
      return attempt;
    }
  }
  return null;
}

export function attachAttempts(
  boots: readonly ObservedBoot[],
  invocations: readonly ObservedInvocation[],
): void {
  const byRequest = groupBy(invocations, ({ requestId }) => requestId);
  const started = invocations
    .filter((invocation) => invocation.start !== null)
    .sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
  for (const boot of boots) {
    for (const attempt of boot.attempts) {
      const invocation = attempt.phase === "init" ? null : invocationOf(attempt, byRequest, started);
      if (invocation !== null) attach(attempt, invocation);
    }
  }
}

export function attach(attempt: Attempt, invocation: ObservedInvocation): void {
  attempt.invocation = invocation;
  invocation.attempts.push(attempt);
  // The lines know their boot; the platform's lines alone only guess it.
  if (attempt.ownLine) invocation.boot = attempt.boot;
}

function invocationOf(
  attempt: Attempt,
  byRequest: Map<string, ObservedInvocation[]>,
  started: readonly ObservedInvocation[],
): ObservedInvocation | null {
  if (attempt.requestId !== null) {
    const named = byRequest.get(attempt.requestId);
    if (named === undefined) return null;
    // An asynchronous event that is tried again keeps its request id: the latest one begun by then.
    return named.findLast((invocation) => (invocation.start ?? 0) <= attempt.time) ?? named[0] ?? null;
  }
  return runningAt(started, attempt.time);
}

/** The invocation that ran at this instant, of a list in the order of their STARTs. */
export function runningAt(started: readonly ObservedInvocation[], time: number): ObservedInvocation | null {
  const before = lastStartedBy(started, time);
  return before !== null && (before.end === null || before.end >= time) ? before : null;
}

/** The last invocation begun by this instant. */
export function lastStartedBy(
  started: readonly ObservedInvocation[],
  time: number,
): ObservedInvocation | null {
  return started[lastStartedIndex(started, time)] ?? null;
}

/** Its index; -1: none had begun. */
export function lastStartedIndex(started: Listed<ObservedInvocation>, time: number): number {
  return firstIndex(started.length, (index) => (started.at(index)?.start ?? 0) > time) - 1;
}
