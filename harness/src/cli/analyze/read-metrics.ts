/**
 * Reads CloudWatch's metrics of the functions that have a log group of their own. If the metrics cannot be read, a notice says so, and the
 * logs alone are judged.
 */
import { cloudwatchMetricSource } from "../../adapters/aws/cloudwatch-metric-source.ts";
import { eachOf } from "../../adapters/aws/each-of.ts";
import { serviceConnection } from "../../adapters/aws/service-connection.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { metricRange, type MetricReading } from "../../record/function-metrics.ts";
import { readMetricsTwice } from "../../run/read-metrics-twice.ts";
import { durationMs, type EpochMs } from "../../base/time.ts";
import type { EvidenceInWords } from "./evidence-in-words.ts";

/** The pause between two readings. It is short, because metrics older than five minutes rarely change and the user is waiting. */
const AGAIN = durationMs(5_000);
const TIMES = 4;
const AT_ONCE = 5;

const NOT_READ = "CloudWatch's metrics were not read";
const SHARED =
  "they count a whole function, but its log group also has logs of other functions, or the function has several log groups";
const NO_RANGE = "CloudWatch keeps them for 15 days, and they are complete only after 5 minutes";

interface MetricsAsked {
  readonly region: string;
  /** The logs are complete in this range. */
  readonly range: { readonly since: EpochMs; readonly until: EpochMs };
  readonly signal: AbortSignal;
}

export async function readMetrics(
  gathered: EvidenceInWords,
  { region, range: { since, until }, signal }: MetricsAsked,
): Promise<EvidenceInWords> {
  const { evidence, ownGroups, notices } = gathered;
  const names = evidence.functions.map(({ name }) => name);
  const shared = names.filter((name) => !ownGroups.includes(name));
  const said = shared.length === 0 ? [] : [`${NOT_READ} for ${shared.join(", ")}: ${SHARED}.`];
  const range = metricRange(since, until, systemClock.now());
  if (range === null && ownGroups.length > 0) said.push(`${NOT_READ}: ${NO_RANGE}.`);
  const readings = new Map<string, readonly MetricReading[]>();
  const source = cloudwatchMetricSource(serviceConnection({ region, endpoint: null }));
  try {
    await eachOf(
      range === null ? [] : ownGroups.map((functionName) => ({ functionName, range })),
      AT_ONCE,
      async (one) => {
        const request = { source, clock: systemClock, signal, ...one };
        readings.set(one.functionName, await readMetricsTwice({ ...request, again: AGAIN, times: TIMES }));
      },
    );
  } catch (error) {
    if (signal.aborted) {
      gathered.close();
      throw error;
    }
    said.push(
      `The logs are judged without metrics. ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    source.close();
  }
  const functions = evidence.functions.map((one) => {
    const own = readings.get(one.name);
    return own === undefined ? one : { ...one, metrics: { readings: own, loggedFrom: null, loggedTo: null } };
  });
  return { ...gathered, evidence: { ...evidence, functions }, notices: [...notices, ...said] };
}
