/**
 * Finds who may have kept failing invocations from the peer, where the evidence does not decide it (docs/checks.md#suspects). A suspect never
 * changes a verdict.
 */
import { ALWAYS, onAxis } from "../../base/clocks.ts";
import type { EpochMs } from "../../base/time.ts";
import type { ConnectionError } from "../../words/connection-error.ts";
import { isInitWithoutInvoke } from "../attribution/environment-lives.ts";
import { succeeded } from "../attribution/invocation-outcome.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";
import type { ObservedEnvironment, ObservedInvocation } from "../timeline/environment.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";

/** Failures without a success between them, and the environments that may have held the peer meanwhile. Often there are none. */
export interface Suspicion {
  readonly suspects: readonly ObservedEnvironment[];
  /** The evidence shows that a suspect had a connection, and that others were served before it came. */
  readonly likely: boolean;
  readonly failures: readonly ObservedInvocation[];
  /** The first error about a connection. Null if the invocations only ran into their time limit. */
  readonly error: ConnectionError | null;
}

/** `judged` in the order of time. */
export function findSuspicions(
  history: FunctionHistory,
  judged: Iterable<AssessedInvocation>,
): readonly Suspicion[] {
  const found: Suspicion[] = [];
  const idle = neverInvoked(history);
  let served: ObservedInvocation | null = null;
  let failures: ObservedInvocation[] = [];
  const close = (): void => {
    if (failures.length > 0) found.push(suspicionOf(failures, served, idle));
    failures = [];
  };
  for (const { invocation, assessment } of judged) {
    if (invocation === null) continue;
    if (assessment?.judged === "unknown" && isKeptOut(invocation)) failures.push(invocation);
    else if (succeeded(history, invocation)) {
      close();
      served = invocation;
    }
  }
  close();
  return found;
}

/** An error about a connection, or a time limit, as a client has it that waits for a place. */
function isKeptOut({ connectionError, reset }: ObservedInvocation): boolean {
  return connectionError !== null || reset === "timeout";
}

/** The environments that were initialised and, as far as the evidence goes, never invoked. */
function neverInvoked(history: FunctionHistory): readonly ObservedEnvironment[] {
  const isSilent = (one: ObservedEnvironment): boolean =>
    one.init !== null &&
    one.invocations.length === 0 &&
    one.unrecognised.size === 0 &&
    isInitWithoutInvoke(history, one) !== false;
  return history.startsMissing ? [] : history.environments.filter(isSilent);
}

const initOf = ({ init, firstLine }: ObservedEnvironment): EpochMs => init?.start ?? firstLine;

/**
 * The suspects of some failures: the environments that were initialised after the last success, before the first failure, and were never
 * invoked; if there are none, the environment that served last, if it is another one than the first that failed.
 */
function suspicionOf(
  failures: readonly ObservedInvocation[],
  served: ObservedInvocation | null,
  idle: readonly ObservedEnvironment[],
): Suspicion {
  const start = failures[0]?.start ?? ALWAYS;
  const failed = new Set(failures.map(({ environment }) => environment));
  const since = served?.end ?? ALWAYS;
  const silent = idle.filter(
    (one) => initOf(one) >= since && initOf(one) < start && (one.end === null || one.end > start),
  );
  const kept =
    served === null || failed.has(served.environment) || (served.environment.end ?? Infinity) < start
      ? []
      : [served.environment];
  const suspects = silent.length > 0 ? silent : kept;
  return {
    ...{ suspects, failures },
    likely: served !== null && suspects.some((one) => hasConnection(one, start)),
    error: failures.find(({ connectionError }) => connectionError !== null)?.connectionError ?? null,
  };
}

/** Whether the peer accepted a connection of the environment, and no line shows its end before this time. */
function hasConnection({ boots }: ObservedEnvironment, at: EpochMs): boolean {
  return boots.some(({ accepted }) =>
    accepted.some(
      ({ time, disconnect, peer, link }) =>
        time < at && (disconnect?.time ?? onAxis(peer?.endedAt) ?? link?.closedAt ?? Infinity) >= at,
    ),
  );
}
