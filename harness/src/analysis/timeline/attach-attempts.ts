/** Makes attempts from the lines of one boot. A line without a request id belongs to the invocation that ran at that time. */
import type { EpochMs } from "../../base/time.ts";
import { groupBy } from "../../base/group-by.ts";
import { firstIndex } from "../../base/first-index.ts";
import type { Listed } from "../../base/listed.ts";
import type { LifecycleEvent } from "../../logs/parse-lifecycle-line.ts";
import type { Attempt, ObservedBoot, ObservedInvocation } from "./environment.ts";

export interface BootLine {
  readonly line: LifecycleEvent;
  readonly time: EpochMs;
}

/**
 * Each connect line is an attempt, except a line without an outcome, which is about another peer (evidence-of-peers.ts). A disconnect line
 * ends the connection of an accepted attempt.
 */
export function addOwnAttempts(boot: ObservedBoot, lines: readonly BootLine[]): void {
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

/** Takes the open attempt with this number from the list. Without a number, takes the one that was opened last. */
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
  // Nearly every invocation has one attempt, and there can be very many: a list that grows would have room for sixteen more.
  invocation.attempts = [...invocation.attempts, attempt];
  // The function's own line names the boot. The platform's lines do not.
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
    // An asynchronous event keeps its request id when it is retried, so the latest invocation that had begun by the time of the attempt
    // counts.
    return named.findLast((invocation) => (invocation.start ?? 0) <= attempt.time) ?? named[0] ?? null;
  }
  return runningAt(started, attempt.time);
}

/** The list is in the order of START. */
export function runningAt(started: readonly ObservedInvocation[], time: EpochMs): ObservedInvocation | null {
  const before = lastStartedBy(started, time);
  return before !== null && (before.end === null || before.end >= time) ? before : null;
}

export function lastStartedBy(
  started: readonly ObservedInvocation[],
  time: EpochMs,
): ObservedInvocation | null {
  return started[lastStartedIndex(started, time)] ?? null;
}

/** Returns -1 if no invocation had begun. */
export function lastStartedIndex(started: Listed<ObservedInvocation>, time: EpochMs): number {
  return firstIndex(started.length, (index) => (started.at(index)?.start ?? 0) > time) - 1;
}
