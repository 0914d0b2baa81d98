/** One function from its story to its result: every invocation judged, every check made, the numbers counted, the verdict drawn. */
import type { InvocationOutcomeName } from "../domain/invocation.ts";
import { madeFrom, type Listed } from "../domain/listed.ts";
import type { FunctionResult, InvocationResult } from "../domain/run-result.ts";
import type { Verdict } from "../domain/verdict.ts";
import { ALL_CHECKS } from "./checks/all-checks.ts";
import { reinitialisations, replacedPairs, resets } from "./checks/boots-replaced.ts";
import { runCheck, type CheckInput } from "./checks/check.ts";
import { countInits, countResets } from "./count-inits.ts";
import { decideVerdict } from "./decide-verdict.ts";
import { describeEnvironment, iso } from "./describe-environment.ts";
import { throttleCover } from "./explain-throttle.ts";
import { findExposures, type Exposure } from "./find-exposures.ts";
import { describeHarmWindow, findHarmWindows } from "./harm-windows.ts";
import { judgeInvocations, type JudgedInvocation } from "./judged-invocation.ts";
import { judgeThresholds } from "./judge-thresholds.ts";
import { isInitWithoutInvoke } from "./lives.ts";
import { nameCause, type Cause } from "./name-cause.ts";
import { quantiles } from "./quantiles.ts";
import { exposureStatistics, type StatisticsInput } from "./statistics.ts";
import type { Story } from "./story.ts";

export interface JudgeFunctionInput {
  readonly story: Story;
  readonly functionArn: string | null;
  readonly runFrom: number | null;
  readonly runEnd: number;
  readonly journalHoles: number;
  readonly unreadableSources: readonly string[];
}

export function judgeFunction(input: JudgeFunctionInput): FunctionResult {
  const { story } = input;
  const judged = judgeInvocations(story);
  const cover = throttleCover(story);
  const causes = new Map<JudgedInvocation, Cause>();
  for (const one of judged) {
    const cause = nameCause(story, one, cover);
    if (cause !== null) causes.set(one, cause);
  }
  const exposures = findExposures(story);
  const windows = findHarmWindows(judged);
  const checkInput: CheckInput = {
    story,
    judged,
    causes,
    exposures,
    windows,
    runEnd: input.runEnd,
    unreadableSources: input.unreadableSources,
    journalHoles: input.journalHoles,
  };
  const findings = ALL_CHECKS.flatMap((check) => runCheck(check, checkInput));
  const environments = madeFrom(story.environments, (environment) => describeEnvironment(story, environment));
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
    story.evidenceEnd !== null;
  const thresholds = judgeThresholds(story.settings.thresholds, numbers, complete);
  const { verdict, reasons } = decideVerdict({
    findings,
    harmTotal: numbers.harm.total,
    exposures: exposures.length,
    exchangedAfterEach: exchangedAfterEach(judged, exposures),
    unexplainedFailures: judged.filter((one) => one.outcome !== "succeeded" && causes.get(one) == null)
      .length,
    thresholds,
  });
  const expected = story.settings.expectations[story.name] ?? null;
  return {
    name: story.name,
    functionArn: input.functionArn ?? story.driver?.functionArn ?? null,
    verdict,
    expected,
    expectationMet: expected === null ? null : meets(expected, verdict, reasons),
    reasons,
    reservedConcurrency: story.reservedConcurrency,
    ...numbers,
    thresholds,
    environments,
    ...(condensedIn(story) === 0 ? {} : { invocationsCondensed: condensedIn(story) }),
    invocationList: madeFrom(judged, (one) => describeInvocation(one, causes.get(one) ?? null)),
    findings,
  };
}

/** `NAME=fail` holds only where the reason is harm: a broken threshold shows something else. */
function meets(expected: Verdict, verdict: Verdict, reasons: readonly string[]): boolean {
  return expected === verdict && (expected !== "fail" || reasons.includes("harm"));
}

function countNumbers(
  input: JudgeFunctionInput,
  judged: Listed<JudgedInvocation>,
  exposures: readonly Exposure[],
  windows: FunctionResult["harm"]["windows"],
): Pick<FunctionResult, "invocations" | "exposure" | "harm" | "latencyMs" | "initDurationMs" | "statistics"> {
  const { story } = input;
  const counted = story.driver === null ? judged : judged.filter((one) => one.driver !== null);
  const outcomes = countBy(counted, ({ outcome }) => outcome);
  const number = (outcome: InvocationOutcomeName): number => outcomes.get(outcome) ?? 0;
  const skipped = story.driver?.invocations.filter((one) => one.skipped && one.sentAt === null).length ?? 0;
  const harmed = judged.filter((one) => one.judgement?.judged === "harmed");
  const condensed = condensedIn(story);
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
    exposure: exposureNumbers(story, exposures),
    harm: {
      total: harmed.length,
      delayed: judged.filter((one) => one.judgement?.judged === "served" && one.judgement.delayed).length,
      windowsMs: windows.map((window) => window.durationMs),
      windows,
    },
    latencyMs: quantiles(latencies(story, counted)),
    initDurationMs: quantiles(story.environments.map((environment) => environment.init?.durationMs ?? null)),
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
function* latencies(story: Story, counted: Iterable<JudgedInvocation>): Generator<number | null> {
  for (const { driver, invocation } of counted)
    yield driver?.latencyMs ?? (story.driver === null ? (invocation?.durationMs ?? null) : null);
  yield* story.condensedDurationsMs;
}

function condensedIn(story: Story): number {
  return story.environments.reduce((sum, { condensed }) => sum + condensed.served + condensed.unseen, 0);
}

function exposureNumbers(story: Story, exposures: readonly Exposure[]): FunctionResult["exposure"] {
  const answers = story.environments.map((environment) => isInitWithoutInvoke(story, environment));
  const silent = answers.filter((answer) => answer === true).length;
  const open = story.environments.some(
    (environment, index) => answers[index] === null && environment.invocations.length === 0,
  );
  const known = story.environments.length > 0;
  return {
    total: exposures.length,
    // "At least" where some are known; nothing known and something open is not 0.
    initWithoutInvoke: !known || (silent === 0 && open) ? null : silent,
    replaced: known ? replacedPairs(exposures).length : null,
    reset: known ? resets(story.environments) : null,
    reinitialised: known ? reinitialisations(story.environments) : null,
  };
}

/** Exposures whose pair is one in which the one environment held the peer and the other one failed for it. */
function exposuresFailed(
  harmed: readonly JudgedInvocation[],
  exposures: readonly Exposure[],
): Pick<StatisticsInput, "exposuresFailed" | "harmedUnexposed"> {
  const pairs = new Set<string>();
  for (const { judgement, invocation } of harmed) {
    // An environment that its own earlier boot kept out is no pair.
    if (judgement?.judged === "harmed" && invocation !== null && judgement.holder !== invocation.environment)
      pairs.add(pairKey(judgement.holder.id, invocation.environment.id));
  }
  const failed = exposures.filter(({ earlier, later }) => pairs.has(pairKey(earlier.id, later.id))).length;
  return { exposuresFailed: failed, harmedUnexposed: pairs.size - failed };
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

/** Exposures ascend; the last exchange decides for all of them. */
function exchangedAfterEach(judged: Listed<JudgedInvocation>, exposures: readonly Exposure[]): boolean {
  const lastExposure = exposures.at(-1);
  if (lastExposure === undefined) return false;
  const last = judged.findLast((one) => one.judgement?.judged === "served" && one.judgement.exchanged);
  return last?.from != null && last.from >= lastExposure.at;
}

function describeInvocation(one: JudgedInvocation, cause: Cause | null): InvocationResult {
  const { invocation, driver, judgement } = one;
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
    harmed: judgement?.judged === "harmed",
    delayed: judgement?.judged === "served" && judgement.delayed,
  };
}
