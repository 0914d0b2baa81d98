/** Compares a function before and after a change: counts, shares and quantiles, each with a confidence interval of the difference. */
import type {
  ComparedLength,
  ComparedShare,
  ComparedSide,
  FunctionComparison,
  Share,
} from "../../result/run-comparison.ts";
import type { FunctionResult, Quantiles } from "../../result/function-result.ts";
import { differenceOf, quantileInterval, shareInterval } from "../verdict/intervals.ts";

export interface PlacedFunction {
  readonly index: number;
  readonly result: FunctionResult;
}

export function compareFunctions(before: PlacedFunction, after: PlacedFunction): FunctionComparison {
  const [first, second] = [before.result, after.result];
  return {
    before: side(before),
    after: side(after),
    shares: [
      compareShares("harmPerExposure", harmPerExposure(first), harmPerExposure(second)),
      compareShares("failuresBegun", failuresBegun(first), failuresBegun(second)),
    ],
    lengths: [
      ...compareLengths(
        "latencyMs",
        ["p50", "p90", "p99"],
        lengthsOf(first, latencies),
        lengthsOf(second, latencies),
      ),
      ...compareLengths("initDurationMs", ["p50", "p90"], lengthsOf(first, inits), lengthsOf(second, inits)),
    ],
  };
}

function side({ index, result }: PlacedFunction): ComparedSide {
  const { name, verdict, invocations, harm, exposure } = result;
  return {
    index,
    name,
    verdict,
    invocations: invocations.planned - invocations.skipped,
    failed: invocations.functionErrors + invocations.throttled + invocations.invocationErrors,
    harmed: harm.total,
    exposures: exposure.total,
  };
}

function share(events: number, trials: number): Share {
  return { events, trials, share: trials === 0 ? null : events / trials };
}

function harmPerExposure({ statistics, exposure }: FunctionResult): Share {
  return share(Math.min(statistics.exposuresFailed, exposure.total), exposure.total);
}

/**
 * Returns the share of invocations that began a series of failures. A series counts once, because the failures while one connection holds
 * the peer have one cause. The trials are the invocations that could have begun a series. Unknown outcomes neither begin nor end a series.
 */
function failuresBegun({
  invocationList,
  invocationsCondensed = 0,
  invocations: { unknown },
}: FunctionResult): Share {
  const listed = invocationList.filter(({ outcome }) => outcome === "unknown").length;
  // No source shows a failure of an invocation that is only counted, but it may be unknown whether it succeeded.
  const counted = invocationsCondensed - Math.max(0, unknown - listed);
  let [begun, succeeded, failing] = [0, counted, false];
  for (const { outcome, harmed } of invocationList) {
    if (outcome === "unknown" && !harmed) continue;
    const failed = outcome !== "succeeded" || harmed;
    if (failed && !failing) begun += 1;
    if (!failed) succeeded += 1;
    failing = failed;
  }
  return share(begun, begun + succeeded);
}

function compareShares(name: ComparedShare["name"], before: Share, after: Share): ComparedShare {
  const figure = (one: Share): Parameters<typeof differenceOf>[0] => ({
    ...shareInterval(one),
    value: one.share,
  });
  return { name, before, after, difference: differenceOf(figure(before), figure(after)) };
}

interface Lengths {
  readonly quantiles: Quantiles;
  /** Null if the result does not have all of them. */
  readonly ascending: readonly number[] | null;
}

type LengthSource = (result: FunctionResult) => {
  readonly quantiles: Quantiles;
  readonly values: readonly (number | null)[] | null;
};

/**
 * How long the caller waited or, without a driver, how long the invocation took. The judgement uses the same lengths. The invocations that
 * are listed of a long run are not a random sample, so they do not show an interval.
 */
const latencies: LengthSource = ({ latencyMs, invocationList, invocationsCondensed = 0 }) => {
  if (invocationsCondensed > 0) return { quantiles: latencyMs, values: null };
  const driven = invocationList.some((each) => each.latencyMs !== null);
  return {
    quantiles: latencyMs,
    values: invocationList.map((each) => (driven ? each.latencyMs : each.durationMs)),
  };
};

const inits: LengthSource = ({ initDurationMs, environments }) => ({
  quantiles: initDurationMs,
  values: environments.map((each) => each.initDurationMs),
});

function lengthsOf(result: FunctionResult, source: LengthSource): Lengths {
  const { quantiles, values } = source(result);
  return {
    quantiles,
    ascending: values?.filter((value) => value !== null).sort((left, right) => left - right) ?? null,
  };
}

const PROBABILITY = { p50: 0.5, p90: 0.9, p99: 0.99 } as const;

function compareLengths(
  path: string,
  names: readonly (keyof typeof PROBABILITY)[],
  before: Lengths,
  after: Lengths,
): readonly ComparedLength[] {
  const figure = (
    { quantiles, ascending }: Lengths,
    name: keyof typeof PROBABILITY,
  ): Parameters<typeof differenceOf>[0] =>
    ascending === null
      ? { low: null, high: null, value: null }
      : { ...quantileInterval(ascending, PROBABILITY[name]), value: quantiles[name] };
  return names.map((name) => ({
    name: `${path}.${name}`,
    before: { count: before.quantiles.count, ms: before.quantiles[name] },
    after: { count: after.quantiles.count, ms: after.quantiles[name] },
    differenceMs: differenceOf(figure(before, name), figure(after, name)),
  }));
}
