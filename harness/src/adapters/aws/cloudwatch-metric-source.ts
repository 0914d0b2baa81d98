/** Reads Invocations and Errors of a function with GetMetricData. A reading needs two metrics, at 0.01 USD per 1,000 metrics. */
import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import {
  METRIC_PERIOD_MS,
  metricPoints,
  type MetricRange,
  type SumsByMinute,
} from "../../record/function-metrics.ts";
import type { MetricSource } from "../../run/ports/metric-source.ts";
import { withoutQualifier } from "./lambda-driver.ts";
import { unavailable, type ServiceConnection } from "./service-connection.ts";

/** Few attempts, because a judgement can be made without metrics. */
const ATTEMPTS = 5;
const METRICS = { invocations: "Invocations", errors: "Errors" } as const;
type CloudWatchMetric = keyof typeof METRICS;

export function cloudwatchMetricSource(connection: ServiceConnection): MetricSource {
  const client = new CloudWatchClient({
    ...connection,
    maxAttempts: ATTEMPTS,
    requestHandler: { socketTimeout: 30_000, connectionTimeout: 5_000 },
  });
  return {
    read: async (functionName, range, signal) => {
      try {
        return metricPoints(await readPages(client, metricRequest(functionName, range), signal));
      } catch (error) {
        throw unavailable(
          `CloudWatch's metrics of ${nameOf(functionName)} cannot be read (cloudwatch:GetMetricData)`,
          error,
        );
      }
    },
    close: () => client.destroy(),
  };
}

/**
 * Leaves out a version or alias, because the metrics of the whole function are requested. Each version and each alias also has metrics of
 * its own.
 */
function nameOf(functionName: string): string {
  return withoutQualifier(functionName).split(":").at(-1) ?? functionName;
}

export function metricRequest(functionName: string, { from, to }: MetricRange): GetMetricDataCommandInput {
  const name = nameOf(functionName);
  return {
    StartTime: new Date(from),
    EndTime: new Date(to),
    ScanBy: "TimestampAscending",
    MetricDataQueries: [query("invocations", name), query("errors", name)],
  };
}

async function readPages(
  client: CloudWatchClient,
  input: GetMetricDataCommandInput,
  signal: AbortSignal,
): Promise<SumsByMinute> {
  const sums = { invocations: new Map<number, number>(), errors: new Map<number, number>() };
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new GetMetricDataCommand({ ...input, ...(nextToken === undefined ? {} : { NextToken: nextToken }) }),
      { abortSignal: signal },
    );
    for (const { Id: id, Timestamps: times = [], Values: values = [] } of page.MetricDataResults ?? []) {
      if (id !== "invocations" && id !== "errors") continue;
      for (const [index, time] of times.entries()) sums[id].set(time.getTime(), values[index] ?? 0);
    }
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return sums;
}

function query(id: CloudWatchMetric, functionName: string): MetricDataQuery {
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: "AWS/Lambda",
        MetricName: METRICS[id],
        Dimensions: [{ Name: "FunctionName", Value: functionName }],
      },
      Period: METRIC_PERIOD_MS / 1_000,
      Stat: "Sum",
    },
  };
}
