/** Makes the result of one function from its history. */
import type { EpochMs } from "../../base/time.ts";
import { onAxis } from "../../base/clocks.ts";
import { madeFrom, type Listed } from "../../base/listed.ts";
import type { JudgedFinding, JudgedFunction } from "../../result/judgement.ts";
import type { NothingSucceeded } from "../../record/nothing-succeeded.ts";
import type { EnvironmentResult, InvocationResult } from "../../result/environment-result.ts";
import type { Verdict } from "../../words/verdict.ts";
import { ALL_CHECKS, checkNamed } from "./checks/all-checks.ts";
import { runCheck, type CheckInput } from "./checks/check.ts";
import { countInits, countResets } from "./count-inits.ts";
import { countNumbers, exchangedAfterEach } from "./count-numbers.ts";
import { decideVerdict } from "./decide-verdict.ts";
import { describeEnvironment, iso } from "./describe-environment.ts";
import { throttleCover } from "./explain-throttle.ts";
import { findExposures, findOverlaps } from "./find-exposures.ts";
import { describeHarmWindow, findHarmWindows } from "./harm-windows.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";
import { checkThresholds } from "./check-thresholds.ts";
import { environmentsOfRun } from "../attribution/before-run.ts";
import { outcomeByLog } from "../attribution/invocation-outcome.ts";
import { describeMetrics } from "./describe-metrics.ts";
import { explains, isOfCapacity, nameCause, type Cause } from "./name-cause.ts";
import { peerClosedAt } from "./peer-closed-at.ts";
import { countTakeovers } from "./count-takeovers.ts";
import { everyTakeoverIsKnown, findTakeovers } from "./find-takeovers.ts";
import type { Takeovers } from "./takeover.ts";
import { waitsByInvocation, type WaitOfInvocation } from "./takeover-waits.ts";
import type { ObservedEnvironment } from "../timeline/environment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/** A check that could not run never counts as allowed, because it may hide another problem. */
function isAllowed({ settings }: FunctionHistory, { check, status, code }: JudgedFinding): boolean {
  return (
    settings.keptConnections === "allowed" &&
    checkNamed(check)?.allowedIfConnectionsAreKept === true &&
    status !== "clear" &&
    code !== "check-broken"
  );
}

export interface AssessFunctionInput {
  readonly history: FunctionHistory;
  readonly judged: Listed<AssessedInvocation>;
  readonly functionArn: string | null;
  readonly runFrom: EpochMs | null;
  readonly runEnd: EpochMs;
  readonly journalHoles: number;
  readonly unreadableSources: readonly string[];
}

export function assessFunction(input: AssessFunctionInput): JudgedFunction {
  const { judged, history } = input;
  const cover = throttleCover(history);
  const causes = new Map<AssessedInvocation, Cause>();
  for (const one of judged) {
    const cause = nameCause(history, one, cover);
    if (cause !== null) causes.set(one, cause);
  }
  const overlaps = findOverlaps(history);
  const exposures = findExposures(history, overlaps);
  const windows = findHarmWindows(judged, history);
  const takeovers = findTakeovers(history, judged);
  const checkInput: CheckInput = {
    history: input.history,
    judged,
    causes,
    takeovers,
    exposures,
    overlaps,
    windows,
    runEnd: input.runEnd,
    unreadableSources: input.unreadableSources,
    journalHoles: input.journalHoles,
  };
  const findings = ALL_CHECKS.flatMap((check) => runCheck(check, checkInput)).map((finding) =>
    isAllowed(history, finding) ? { ...finding, allowed: true as const } : finding,
  );
  const described = (environment: ObservedEnvironment): EnvironmentResult =>
    describeEnvironment(history, environment);
  const environments = madeFrom(history.environments, described);
  const ofRun = madeFrom(environmentsOfRun(history), described);
  const numbers = {
    ...countNumbers(
      { ...input, history },
      { judged, exposures, overlaps },
      windows.map((window) => describeHarmWindow(window, input.runEnd)),
    ),
    takenOver: countTakeovers(takeovers),
    inits: countInits(ofRun),
    resets: countResets(ofRun),
  };
  const complete =
    findings.every(
      (finding) => finding.kind === "exposure" || finding.allowed === true || finding.status !== "unknown",
    ) && history.evidenceEnd !== null;
  const thresholds = checkThresholds(
    history.settings.thresholds,
    numbers,
    (path) => complete && (everyTakeoverIsKnown(takeovers) || !path.startsWith("takenOver.")),
  );
  const { verdict, reasons } = decideVerdict({
    findings,
    harmTotal: numbers.harm.total,
    exposures: exposures.length,
    exchangedAfterEach: exchangedAfterEach(judged, exposures),
    capacityFailures: [...causes.values()].filter(isOfCapacity).length,
    unexplainedFailures: judged.filter((one) => isFailure(history, one) && !explains(causes.get(one))).length,
    thresholds,
  });
  const expected = history.settings.expectations[history.name] ?? null;
  return {
    name: history.name,
    functionArn: input.functionArn ?? history.driver?.functionArn ?? null,
    verdict,
    expected,
    expectationMet: expected === null ? null : meets(expected, verdict, reasons),
    reasons,
    reservedConcurrency: history.reservedConcurrency,
    places: { capacity: history.capacity.named, peakPlaces: history.capacity.peak },
    ...numbers,
    ...whyNothingSucceeded(history.driver?.nothingSucceeded ?? null, numbers.invocations.succeeded),
    ...describeMetrics(history),
    thresholds,
    environments,
    invocationList: describeInvocations(judged, causes, takeovers),
    findings,
  };
}

/** Empty if the run did not note that no invocation succeeded, or if an invocation succeeded after the run was resumed. */
function whyNothingSucceeded(
  nothingSucceeded: NothingSucceeded | null,
  succeeded: number,
): Pick<JudgedFunction, "nothingSucceeded"> {
  return nothingSucceeded === null || succeeded > 0 ? {} : { nothingSucceeded };
}

/** An invocation does not count as a failure if the log may hide its outcome. The check `outcomes-known` reports such invocations. */
function isFailure(history: FunctionHistory, { driver, invocation, outcome }: AssessedInvocation): boolean {
  if (outcome === "succeeded") return false;
  if (outcome !== "unknown" || driver !== null || invocation === null) return true;
  const known = outcomeByLog(history, invocation);
  return known.outcome === "unknown" && known.why === "end-missing";
}

/** `NAME=fail` is met only by harm, not by a broken threshold alone. */
export function meets(expected: Verdict, verdict: Verdict, reasons: readonly string[]): boolean {
  return expected === verdict && (expected !== "fail" || reasons.includes("harm"));
}

function describeInvocations(
  judged: Listed<AssessedInvocation>,
  causes: ReadonlyMap<AssessedInvocation, Cause>,
  { found }: Takeovers,
): Listed<InvocationResult> {
  const waits = waitsByInvocation(found);
  return madeFrom(judged, (one) =>
    describeInvocation(
      one,
      causes.get(one) ?? null,
      one.invocation === null ? undefined : waits.get(one.invocation),
    ),
  );
}

function describeInvocation(
  one: AssessedInvocation,
  cause: Cause | null,
  wait: WaitOfInvocation | undefined,
): InvocationResult {
  const { invocation, driver, assessment } = one;
  const closedAt = cause === "peer-closed" ? iso(peerClosedAt(one)) : null;
  return {
    requestId: invocation?.requestId ?? driver?.requestId ?? null,
    n: driver?.n ?? null,
    environment: invocation?.environment.id ?? null,
    dueAt: iso(onAxis(driver?.dueAt)),
    from: iso(one.from),
    to: iso(one.to),
    latencyMs: driver?.latencyMs ?? null,
    durationMs: driver?.durationMs ?? invocation?.durationMs ?? null,
    outcome: one.outcome,
    cause,
    harmed: assessment?.judged === "harmed",
    delayed: assessment?.judged === "served" && assessment.delayed,
    ...(closedAt === null ? {} : { peerClosedAt: closedAt }),
    ...(wait === undefined
      ? {}
      : { takenOver: { by: wait.last.evicter.environment.id, waitedMs: wait.waitedMs } }),
    ...(one.answerLost === true ? { answerLost: true } : {}),
  };
}
