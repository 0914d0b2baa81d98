/** Describes an environment in the form of result.json. */
import type { BootResult, ConnectionResult, EnvironmentResult } from "../../result/environment-result.ts";
import { epochMs, isoTime, type EpochMs } from "../../base/time.ts";
import { distinguishesRefusals } from "../../catalogue/protocols/all-protocols.ts";
import { wasDenied } from "../correlate/link-outcome.ts";
import type { Attempt, ObservedBoot, ObservedEnvironment } from "../timeline/environment.ts";
import { holdEnding, shownSpan } from "../timeline/hold.ts";
import { openedIn } from "../timeline/opened-in.ts";
import { initWaitedFor } from "../timeline/init-waited-for.ts";
import { isInitWithoutInvoke } from "../attribution/environment-lives.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function describeEnvironment(
  history: FunctionHistory,
  environment: ObservedEnvironment,
): EnvironmentResult {
  const { init } = environment;
  const starts = environment.invocations.map(({ start }) => start).filter((start) => start !== null);
  const { gapMs, waitedFor } = initWaitedFor(environment, starts[0] ?? null);
  return {
    id: environment.id,
    logStream: environment.id,
    version: environment.version,
    ...(environment.tenantId === null ? {} : { tenantId: environment.tenantId }),
    initializationType: environment.initializationType,
    initStart: iso(init?.start ?? null),
    initEnd: iso(init?.end ?? null),
    initDurationMs: init?.durationMs ?? null,
    initStatus: init?.status ?? null,
    initWithoutInvoke: isInitWithoutInvoke(history, environment),
    initGapMs: gapMs,
    initWaitedFor: waitedFor,
    invocations: environment.invocations.length,
    firstInvoke: iso(starts[0] ?? null),
    lastInvoke: iso(starts.at(-1) ?? null),
    end: iso(environment.end),
    ending: environment.ending,
    boots: environment.boots.map(describeBoot),
    connections: environment.boots
      .flatMap((boot) => boot.attempts)
      .map((attempt) => describeConnection(history, attempt)),
  };
}

function describeBoot(boot: ObservedBoot): BootResult {
  return {
    bootId: boot.bootId,
    from: iso(boot.from),
    to: iso(boot.to ?? boot.environment.end),
    reset: boot.reset,
  };
}

function describeConnection({ orderToleranceMs }: FunctionHistory, attempt: Attempt): ConnectionResult {
  const accepted = attempt.outcome === "accepted";
  const { from, to } = shownSpan(attempt, orderToleranceMs);
  return {
    from: iso(from),
    to: iso(accepted ? to : attempt.time),
    openedIn: openedIn(attempt),
    outcome: attempt.link !== null && wasDenied(attempt.link) ? "denied" : attempt.outcome,
    ending: accepted ? holdEnding(attempt) : null,
    ...describeProtocol(attempt),
  };
}

function describeProtocol({ link }: Attempt): Partial<ConnectionResult> {
  if (link === null || link.protocol === null || !distinguishesRefusals(link.protocol)) return {};
  const { protocol, code, text, clientName, by, goodbye } = link;
  return { protocol, code, text, clientName, endedBy: by, goodbye };
}

export function iso(time: EpochMs | null): string | null {
  return time === null ? null : isoTime(epochMs(time));
}
