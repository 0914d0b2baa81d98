/** Computes the numbers of a function that thresholds can name: invocations by outcome, exposures, harm, latencies, and statistics. */
import { between } from "../../base/clocks.ts";
import type { EpochMs } from "../../base/time.ts";
import type { InvocationOutcomeName } from "../../record/invocation.ts";
import type { Listed } from "../../base/listed.ts";
import type { JudgedFunction } from "../../result/judgement.ts";
import { UNKNOWN_REASONS, type UnknownReason } from "../../result/result-words.ts";
import { environmentsOfRun } from "../attribution/before-run.ts";
import { isInitWithoutInvoke } from "../attribution/environment-lives.ts";
import type { ObservedEnvironment, ObservedInvocation } from "../timeline/environment.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";
import { reinitialisations, replacedPairs, resets } from "./replaced-environments.ts";
import type { Exposure, Overlap } from "./exposure.ts";
import { quantiles } from "./quantiles.ts";
import { countServedExposed } from "./count-served-exposed.ts";
import { provokedExposures } from "./provoked-by.ts";
import { exposureStatistics, type StatisticsInput } from "./statistics.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export interface NumbersInput {
  readonly history: FunctionHistory;
  readonly runFrom: EpochMs | null;
  readonly runEnd: EpochMs;
}

export function countNumbers(
  input: NumbersInput,
  {
    judged,
    exposures,
    overlaps,
  }: {
    readonly judged: Listed<AssessedInvocation>;
    readonly exposures: readonly Exposure[];
    readonly overlaps: readonly Overlap[];
  },
  windows: JudgedFunction["harm"]["windows"],
): Pick<JudgedFunction, "invocations" | "exposure" | "harm" | "latencyMs" | "initDurationMs" | "statistics"> {
  const { history } = input;
  const counted = history.driver === null ? judged : judged.filter((one) => one.driver !== null);
  const outcomes = countBy(counted, ({ outcome }) => outcome);
  const number = (outcome: InvocationOutcomeName): number => outcomes.get(outcome) ?? 0;
  const skipped = history.driver?.invocations.filter((one) => one.skipped && one.sentAt === null).length ?? 0;
  const harmed = judged.filter((one) => one.assessment?.judged === "harmed");
  const lost = judged.filter((one) => one.answerLost === true).length;
  const unknownReasons = countUnknown(counted);
  const provoked = provokedExposures(history, exposures);
  return {
    invocations: {
      planned: counted.length + skipped,
      succeeded: number("succeeded"),
      functionErrors: number("function-error"),
      throttled: number("throttled"),
      invocationErrors: number("invocation-error"),
      unknown: number("unknown"),
      unknownReasons,
      skipped,
      ...(lost === 0 ? {} : { answersLost: lost }),
    },
    exposure: {
      ...exposureNumbers(history, exposures.length, overlaps),
      ...(provoked.length === 0 ? {} : { provoked }),
      ...(exposures.length === 0
        ? {}
        : {
            served: countServedExposed(history, counted),
            exchangedAfter: exchangedAfterEach(judged, exposures),
          }),
    },
    harm: {
      total: harmed.length,
      delayed: judged.filter((one) => one.assessment?.judged === "served" && one.assessment.delayed).length,
      windowsMs: windows.map((window) => window.durationMs),
      windows,
    },
    latencyMs: quantiles(latencies(history, counted)),
    initDurationMs: quantiles(
      environmentsOfRun(history).map((environment) => environment.init?.durationMs ?? null),
    ),
    statistics: exposureStatistics({
      exposures: exposures.length,
      ...exposuresFailed(harmed, exposures),
      harmUnknown: judged.some((one) => one.assessment?.judged === "unknown"),
      durationMs: input.runFrom === null ? null : between(input.runFrom, input.runEnd),
    }),
  };
}

function countUnknown(
  counted: Iterable<AssessedInvocation>,
): NonNullable<JudgedFunction["invocations"]["unknownReasons"]> {
  const unknown = [...counted].filter(({ outcome }) => outcome === "unknown");
  const counts = countBy(unknown, ({ why }): UnknownReason => why ?? "no-answer");
  return Object.fromEntries(
    UNKNOWN_REASONS.flatMap((why) => (counts.has(why) ? [[why, counts.get(why)]] : [])),
  );
}

function countBy<T, K>(all: Iterable<T>, keyOf: (one: T) => K): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}

/** Without a driver it is not known how long a caller waited, so the platform's duration is used instead. */
function* latencies(
  history: FunctionHistory,
  counted: Iterable<AssessedInvocation>,
): Generator<number | null> {
  for (const { driver, invocation } of counted)
    yield driver?.latencyMs ?? (history.driver === null ? (invocation?.durationMs ?? null) : null);
}

function exposureNumbers(
  history: FunctionHistory,
  total: number,
  overlaps: readonly Overlap[],
): JudgedFunction["exposure"] {
  const environments = environmentsOfRun(history);
  const answers = environments.map((environment) => isInitWithoutInvoke(history, environment));
  const silent = answers.filter((answer) => answer === true).length;
  const open = environments.some(
    (environment, index) => answers[index] === null && environment.invocations.length === 0,
  );
  const known = environments.length > 0;
  return {
    total,
    // If some environments are undecided, 0 is unknown (null), and any other number is a lower bound.
    initWithoutInvoke: !known || (silent === 0 && open) ? null : silent,
    replaced: known ? replacedPairs(history, overlaps).length : null,
    reset: known ? resets(environments) : null,
    reinitialised: known ? reinitialisations(environments) : null,
  };
}

/** Counts the exposures after which one environment of the pair failed because the other one held the peer. */
function exposuresFailed(
  harmed: readonly AssessedInvocation[],
  exposures: readonly Exposure[],
): Pick<StatisticsInput, "exposuresFailed" | "harmedUnexposed"> {
  const pairs = new Set<string>();
  const failed = new Set<Exposure>();
  for (const { assessment, invocation } of harmed) {
    // If an earlier boot of the same environment held the peer, there is no pair of environments.
    if (
      assessment?.judged !== "harmed" ||
      invocation === null ||
      assessment.holder === invocation.environment
    )
      continue;
    const exposure =
      assessment.among === undefined
        ? null
        : exposureAt(
            exposures,
            invocation,
            assessment.among.idle.map((hold) => hold.environment),
          );
    if (exposure !== null) failed.add(exposure);
    else pairs.add(pairKey(assessment.holder.id, invocation.environment.id));
  }
  for (const exposure of exposures) {
    const [other] = exposure.others;
    if (other !== undefined && pairs.delete(pairKey(other.id, exposure.invocation.environment.id)))
      failed.add(exposure);
  }
  return { exposuresFailed: failed.size, harmedUnexposed: pairs.size };
}

/** Returns the environment's last exposure before this invocation in which one of the holders was alive. */
function exposureAt(
  exposures: readonly Exposure[],
  { environment, start }: ObservedInvocation,
  holders: readonly ObservedEnvironment[],
): Exposure | null {
  return (
    exposures.findLast(
      ({ invocation, at, others }) =>
        invocation.environment === environment &&
        at <= (start ?? Infinity) &&
        holders.some((holder) => others.includes(holder)),
    ) ?? null
  );
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

/** Whether an invocation completed an exchange with the peer after the last exposure, and so after every exposure. */
export function exchangedAfterEach(
  judged: Listed<AssessedInvocation>,
  exposures: readonly Exposure[],
): boolean {
  const lastExposure = exposures.at(-1);
  if (lastExposure === undefined) return false;
  const last = judged.findLast((one) => one.assessment?.judged === "served" && one.assessment.exchanged);
  return last?.from != null && last.from >= lastExposure.at;
}
