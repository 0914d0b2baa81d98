/** One function from its history to its result: every invocation judged, every check made, the numbers counted, the verdict drawn. */
import type { InvocationOutcomeName } from "../../domain/invocation.ts";
import { madeFrom, type Listed } from "../../domain/listed.ts";
import type { JudgedFunction } from "../../domain/judgement.ts";
import type { InvocationResult } from "../../domain/run-result.ts";
import type { Verdict } from "../../domain/verdict.ts";
import { ALL_CHECKS } from "./checks/all-checks.ts";
import { reinitialisations, replacedPairs, resets } from "./checks/boots-replaced.ts";
import { runCheck, type CheckInput } from "./checks/check.ts";
import { countInits, countResets } from "./count-inits.ts";
import { decideVerdict } from "./decide-verdict.ts";
import { describeEnvironment, iso } from "./describe-environment.ts";
import { throttleCover } from "./explain-throttle.ts";
import { findExposures, type Exposure } from "./find-exposures.ts";
import { describeHarmWindow, findHarmWindows } from "./harm-windows.ts";
import { assessInvocations, type AssessedInvocation } from "./assessed-invocation.ts";
import { checkThresholds } from "./check-thresholds.ts";
import { isInitWithoutInvoke } from "../attribution/environment-lives.ts";
import { nameCause, type Cause } from "./name-cause.ts";
import { quantiles } from "./quantiles.ts";
import { exposureStatistics, type StatisticsInput } from "./statistics.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export interface AssessFunctionInput {
  readonly history: FunctionHistory;
  readonly functionArn: string | null;
  readonly runFrom: number | null;
  readonly runEnd: number;
  readonly journalHoles: number;
  readonly unreadableSources: readonly string[];
}

export function assessFunction(input: AssessFunctionInput): JudgedFunction {
  const { history } = input;
  const judged = assessInvocations(history);
  const cover = throttleCover(history);
  const causes = new Map<AssessedInvocation, Cause>();
  for (const one of judged) {
    const cause = nameCause(history, one, cover);
    if (cause !== null) causes.set(one, cause);
  }
  const exposures = findExposures(history);
  const windows = findHarmWindows(judged);
  const checkInput: CheckInput = {
    history,
    judged,
    causes,
    exposures,
    windows,
    runEnd: input.runEnd,
    unreadableSources: input.unreadableSources,
    journalHoles: input.journalHoles,
  };
  const findings = ALL_CHECKS.flatMap((check) => runCheck(check, checkInput));
  const environments = madeFrom(history.environments, (environment) =>
    describeEnvironment(history, environment),
  );
  const numbers = {
    ...countNumbers(
      input,
      judged,
      exposures,
      windows.map((window) => describeHarmWindow(window, input.runEnd)),
    ),
    inits: countInits(environments),
    resets: countResets(environments),
  };
  const complete =
    findings.every((finding) => finding.kind === "exposure" || finding.status !== "unknown") &&
    history.evidenceEnd !== null;
  const thresholds = checkThresholds(history.settings.thresholds, numbers, complete);
  const { verdict, reasons } = decideVerdict({
    findings,
    harmTotal: numbers.harm.total,
    exposures: exposures.length,
    exchangedAfterEach: exchangedAfterEach(judged, exposures),
    unexplainedFailures: judged.filter((one) => one.outcome !== "succeeded" && causes.get(one) == null)
      .length,
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
    ...numbers,
    thresholds,
    environments,
    ...(condensedIn(history) === 0 ? {} : { invocationsCondensed: condensedIn(history) }),
    invocationList: madeFrom(judged, (one) => describeInvocation(one, causes.get(one) ?? null)),
    findings,
  };
}

/** `NAME=fail` holds only where the reason is harm: a broken threshold shows something else. */
function meets(expected: Verdict, verdict: Verdict, reasons: readonly string[]): boolean {
  return expected === verdict && (expected !== "fail" || reasons.includes("harm"));
}

function countNumbers(
  input: AssessFunctionInput,
  judged: Listed<AssessedInvocation>,
  exposures: readonly Exposure[],
  windows: JudgedFunction["harm"]["windows"],
): Pick<JudgedFunction, "invocations" | "exposure" | "harm" | "latencyMs" | "initDurationMs" | "statistics"> {
  const { history } = input;
  const counted = history.driver === null ? judged : judged.filter((one) => one.driver !== null);
  const outcomes = countBy(counted, ({ outcome }) => outcome);
  const number = (outcome: InvocationOutcomeName): number => outcomes.get(outcome) ?? 0;
  const skipped = history.driver?.invocations.filter((one) => one.skipped && one.sentAt === null).length ?? 0;
  const harmed = judged.filter((one) => one.assessment?.judged === "harmed");
  const condensed = condensedIn(history);
  return {
    invocations: {
      planned: counted.length + condensed + skipped,
      succeeded: number("succeeded") + condensed,
      functionErrors: number("function-error"),
      throttled: number("throttled"),
      invocationErrors: number("invocation-error"),
      unknown: number("unknown"),
      skipped,
    },
    exposure: exposureNumbers(history, exposures),
    harm: {
      total: harmed.length,
      delayed: judged.filter((one) => one.assessment?.judged === "served" && one.assessment.delayed).length,
      windowsMs: windows.map((window) => window.durationMs),
      windows,
    },
    latencyMs: quantiles(latencies(history, counted)),
    initDurationMs: quantiles(
      history.environments.map((environment) => environment.init?.durationMs ?? null),
    ),
    statistics: exposureStatistics({
      exposures: exposures.length,
      ...exposuresFailed(harmed, exposures),
      durationMs: input.runFrom === null ? null : input.runEnd - input.runFrom,
    }),
  };
}

function countBy<T, K>(all: Iterable<T>, keyOf: (one: T) => K): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}

/** Without a driver nobody knows how long a caller waited; the platform's duration stands in. */
function* latencies(
  history: FunctionHistory,
  counted: Iterable<AssessedInvocation>,
): Generator<number | null> {
  for (const { driver, invocation } of counted)
    yield driver?.latencyMs ?? (history.driver === null ? (invocation?.durationMs ?? null) : null);
  yield* history.condensedDurationsMs;
}

function condensedIn(history: FunctionHistory): number {
  return history.environments.reduce((sum, { condensed }) => sum + condensed.served + condensed.unseen, 0);
}

function exposureNumbers(
  history: FunctionHistory,
  exposures: readonly Exposure[],
): JudgedFunction["exposure"] {
  const answers = history.environments.map((environment) => isInitWithoutInvoke(history, environment));
  const silent = answers.filter((answer) => answer === true).length;
  const open = history.environments.some(
    (environment, index) => answers[index] === null && environment.invocations.length === 0,
  );
  const known = history.environments.length > 0;
  return {
    total: exposures.length,
    // "At least" where some are known; nothing known and something open is not 0.
    initWithoutInvoke: !known || (silent === 0 && open) ? null : silent,
    replaced: known ? replacedPairs(exposures).length : null,
    reset: known ? resets(history.environments) : null,
    reinitialised: known ? reinitialisations(history.environments) : null,
  };
}

/** Exposures whose pair is one in which the one environment held the peer and the other one failed for it. */
function exposuresFailed(
  harmed: readonly AssessedInvocation[],
  exposures: readonly Exposure[],
): Pick<StatisticsInput, "exposuresFailed" | "harmedUnexposed"> {
  const pairs = new Set<string>();
  for (const { assessment, invocation } of harmed) {
    // An environment that its own earlier boot kept out is no pair.
    if (
      assessment?.judged === "harmed" &&
      invocation !== null &&
      assessment.holder !== invocation.environment
    )
      pairs.add(pairKey(assessment.holder.id, invocation.environment.id));
  }
  const failed = exposures.filter(({ earlier, later }) => pairs.has(pairKey(earlier.id, later.id))).length;
  return { exposuresFailed: failed, harmedUnexposed: pairs.size - failed };
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

/** Exposures ascend; the last exchange decides for all of them. */
function exchangedAfterEach(judged: Listed<AssessedInvocation>, exposures: readonly Exposure[]): boolean {
  const lastExposure = exposures.at(-1);
  if (lastExposure === undefined) return false;
  const last = judged.findLast((one) => one.assessment?.judged === "served" && one.assessment.exchanged);
  return last?.from != null && last.from >= lastExposure.at;
}

function describeInvocation(one: AssessedInvocation, cause: Cause | null): InvocationResult {
  const { invocation, driver, assessment } = one;
  return {
    requestId: invocation?.requestId ?? driver?.requestId ?? null,
    n: driver?.n ?? null,
    environment: invocation?.environment.id ?? null,
    dueAt: iso(driver?.dueAt ?? null),
    from: iso(one.from),
    to: iso(one.to),
    latencyMs: driver?.latencyMs ?? null,
    durationMs: driver?.durationMs ?? invocation?.durationMs ?? null,
    outcome: one.outcome,
    cause,
    harmed: assessment?.judged === "harmed",
    delayed: assessment?.judged === "served" && assessment.delayed,
  };
}
