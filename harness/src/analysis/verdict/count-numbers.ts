/** Computes the numbers of a function that thresholds can name: invocations by outcome, exposures, harm, latencies, and statistics. */
import type { InvocationOutcomeName } from "../../domain/invocation.ts";
import type { Listed } from "../../domain/listed.ts";
import type { JudgedFunction } from "../../domain/judgement.ts";
import { UNKNOWN_REASONS, type UnknownReason } from "../../domain/result-words.ts";
import { condensedUnknown, failuresShown, SHOWN_NEEDS } from "../attribution/failures-shown.ts";
import { isInitWithoutInvoke, LIFE_NEEDS } from "../attribution/environment-lives.ts";
import type { EvidenceView, OwnerIn } from "../correlate/evidence-view.ts";
import type { ObservedEnvironment, ObservedInvocation } from "../timeline/environment.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";
import { reinitialisations, replacedPairs, resets } from "./replaced-environments.ts";
import type { Exposure, Overlap } from "./exposure.ts";
import { quantiles } from "./quantiles.ts";
import { exposureStatistics, type StatisticsInput } from "./statistics.ts";

export const NUMBER_NEEDS = [
  "around-trouble",
  "invocation-counts",
  "durations",
  // Needed to find the last exchange with the peer.
  "environment-ends",
  ...SHOWN_NEEDS,
  ...LIFE_NEEDS,
] as const;
type NumberView = EvidenceView<typeof NUMBER_NEEDS>;
type NumberOwner = OwnerIn<typeof NUMBER_NEEDS>;

export interface NumbersInput {
  readonly history: NumberView;
  readonly runFrom: number | null;
  readonly runEnd: number;
}

export function countNumbers(
  input: NumbersInput,
  {
    judged,
    exposures,
    overlaps,
  }: {
    readonly judged: Listed<AssessedInvocation<NumberOwner>>;
    readonly exposures: readonly Exposure[];
    readonly overlaps: readonly Overlap[];
  },
  windows: JudgedFunction["harm"]["windows"],
): Pick<JudgedFunction, "invocations" | "exposure" | "harm" | "latencyMs" | "initDurationMs" | "statistics"> {
  const { history } = input;
  const counted = history.driver === null ? judged : judged.filter((one) => one.driver !== null);
  const outcomes = countBy(counted, ({ outcome }) => outcome);
  const number = (outcome: InvocationOutcomeName): number => outcomes.get(outcome) ?? 0;
  const skipped =
    history.driver?.keptInvocations.filter((one) => one.skipped && one.sentAt === null).length ?? 0;
  const harmed = judged.filter((one) => one.assessment?.judged === "harmed");
  const lost = judged.filter((one) => one.answerLost === true).length;
  const condensed = condensedIn(history);
  const unknownReasons = countUnknown(history, counted);
  const unknown = Object.values(unknownReasons).reduce((sum, count) => sum + count, 0);
  return {
    invocations: {
      planned: counted.length + condensed + skipped,
      succeeded: number("succeeded") + condensed - (unknown - number("unknown")),
      functionErrors: number("function-error"),
      throttled: number("throttled"),
      invocationErrors: number("invocation-error"),
      unknown,
      unknownReasons,
      skipped,
      ...(lost === 0 ? {} : { answersLost: lost }),
    },
    exposure: {
      ...exposureNumbers(history, exposures.length, overlaps),
      ...(exposures.length === 0 ? {} : { exchangedAfter: exchangedAfterEach(judged, exposures) }),
    },
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
      harmUnknown: judged.some((one) => one.assessment?.judged === "unknown"),
      durationMs: input.runFrom === null ? null : input.runEnd - input.runFrom,
    }),
  };
}

function countUnknown(
  history: NumberView,
  counted: Iterable<AssessedInvocation>,
): NonNullable<JudgedFunction["invocations"]["unknownReasons"]> {
  const counts = new Map<UnknownReason, number>();
  const add = (why: UnknownReason, invocations: number): void =>
    void counts.set(why, (counts.get(why) ?? 0) + invocations);
  for (const { outcome, why } of counted) if (outcome === "unknown") add(why ?? "no-answer", 1);
  // If there is a driver, its answers show the outcomes even of invocations that are only counted.
  if (history.driver === null)
    for (const environment of history.environments) {
      const why = failuresShown(history, environment);
      if (why !== null) add(why, condensedUnknown(history, environment));
    }
  return Object.fromEntries(
    UNKNOWN_REASONS.flatMap((why) => ((counts.get(why) ?? 0) > 0 ? [[why, counts.get(why)]] : [])),
  );
}

function countBy<T, K>(all: Iterable<T>, keyOf: (one: T) => K): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}

/** Without a driver it is not known how long a caller waited, so the platform's duration is used instead. */
function* latencies(history: NumberView, counted: Iterable<AssessedInvocation>): Generator<number | null> {
  for (const { driver, invocation } of counted)
    yield driver?.latencyMs ?? (history.driver === null ? (invocation?.durationMs ?? null) : null);
  yield* history.condensedDurationsMs;
}

export function condensedIn({ environments }: NumberView): number {
  return environments.reduce((sum, { condensed }) => sum + condensed.served + condensed.unseen, 0);
}

function exposureNumbers(
  history: NumberView,
  total: number,
  overlaps: readonly Overlap[],
): JudgedFunction["exposure"] {
  const answers = history.environments.map((environment) => isInitWithoutInvoke(history, environment));
  const silent = answers.filter((answer) => answer === true).length;
  const open = history.environments.some(
    (environment, index) => answers[index] === null && environment.keptInvocations.length === 0,
  );
  const known = history.environments.length > 0;
  return {
    total,
    // If some environments are undecided, 0 is unknown (null), and any other number is a lower bound.
    initWithoutInvoke: !known || (silent === 0 && open) ? null : silent,
    replaced: known ? replacedPairs(history, overlaps).length : null,
    reset: known ? resets(history.environments) : null,
    reinitialised: known ? reinitialisations(history.environments) : null,
  };
}

/** Counts the exposures after which one environment of the pair failed because the other one held the peer. */
function exposuresFailed(
  harmed: readonly AssessedInvocation<NumberOwner>[],
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

/** `environment-ends` keeps the last invocations of each environment, and its last exchange is among them. */
export const EXCHANGE_NEEDS = ["around-trouble", "environment-ends"] as const;

/** Whether an invocation completed an exchange with the peer after the last exposure, and so after every exposure. */
export function exchangedAfterEach(
  judged: Listed<AssessedInvocation<OwnerIn<typeof EXCHANGE_NEEDS>>>,
  exposures: readonly Exposure[],
): boolean {
  const lastExposure = exposures.at(-1);
  if (lastExposure === undefined) return false;
  const last = judged.findLast((one) => one.assessment?.judged === "served" && one.assessment.exchanged);
  return last?.from != null && last.from >= lastExposure.at;
}
