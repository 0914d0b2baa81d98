/** Parses the output of `aws cloudwatch get-metric-data`, which has neither the requested range nor the time of the request. */
import { METRIC_PERIOD_MS, metricPoints, type MetricPoint } from "../../record/function-metrics.ts";
import { isJsonObject, parseJson, shown, type JsonObject } from "../../base/json-object.ts";
import { accept, expected, type Parsed } from "../../settings/parsed.ts";
import { parseInstant } from "../../logs/forms/parse-instant.ts";

/** 31 December 9999. */
const TIME_MAX = 253_402_300_799_000;

type CountedMetric = "invocations" | "errors";

export function parseMetricData(text: string): Parsed<readonly MetricPoint[]> {
  const answer = parseJson(text);
  const results = isJsonObject(answer) ? answer["MetricDataResults"] : undefined;
  if (!isJsonObject(answer) || !Array.isArray(results))
    return expected("JSON with MetricDataResults, as aws cloudwatch get-metric-data --output json prints it");
  if (typeof answer["NextToken"] === "string")
    return expected("a whole answer, but it has a NextToken: more pages follow");
  const sums: Readonly<Record<CountedMetric, Map<number, number>>> = {
    invocations: new Map(),
    errors: new Map(),
  };
  const complete = new Set<CountedMetric>();
  const ids: Record<CountedMetric, Set<string>> = { invocations: new Set(), errors: new Set() };
  for (const result of results as readonly unknown[]) {
    if (!isJsonObject(result)) return expected("a list of results in MetricDataResults");
    const metric = metricOf(result);
    if (metric === null) continue;
    ids[metric].add(idOf(result));
    if (result["StatusCode"] !== "PartialData") complete.add(metric);
    const problem = addPoints(result, metric, sums[metric]);
    if (problem !== null) return expected(problem);
  }
  for (const metric of METRICS) {
    const found = [...ids[metric]];
    if (found.length === 0)
      return expected(
        `a result of ${NAME[metric]}: with the id ${metric}, or with a label that ends with this name`,
      );
    if (found.length > 1)
      return expected(`${NAME[metric]} of one function, but several results have them: ${found.join(", ")}`);
    // A metric can be partial on one page and complete on another.
    if (!complete.has(metric))
      return expected(
        `all data of ${NAME[metric]}, but its StatusCode is PartialData: some data are missing`,
      );
  }
  return accept(metricPoints(sums));
}

/** Finds the metric by the id that docs/analyze.md gives, else by CloudWatch's label. Null for another metric. */
function metricOf(result: JsonObject): CountedMetric | null {
  const id = idOf(result).toLowerCase();
  const own = METRICS.find((metric) => id === metric);
  if (own !== undefined) return own;
  const label = result["Label"];
  const words = typeof label === "string" ? (label.match(/[A-Za-z]+/g) ?? []) : [];
  // A function may have the name of a metric. In the label, the function's name comes before the metric's name, and the statistic may follow it.
  const last = words.findLast((word) => word === NAME.invocations || word === NAME.errors);
  return METRICS.find((metric) => NAME[metric] === last) ?? null;
}

const idOf = ({ Id: id }: JsonObject): string => asText(id);

function asText(value: unknown): string {
  return typeof value === "string" ? value : shown(value);
}

/** Returns what was expected instead, or null. */
function addPoints(result: JsonObject, metric: CountedMetric, sums: Map<number, number>): string | null {
  const [times, values] = [result["Timestamps"], result["Values"]];
  if (!Array.isArray(times) || !Array.isArray(values) || times.length !== values.length)
    return `as many Timestamps as Values of ${NAME[metric]}`;
  if (result["StatusCode"] === "InternalError" || result["StatusCode"] === "Forbidden")
    return `data of ${NAME[metric]}, but its StatusCode is ${result["StatusCode"]}`;
  for (const [index, given] of (times as readonly unknown[]).entries()) {
    const time = typeof given === "number" ? given * 1_000 : parseInstant(given);
    if (time === null || time < 0 || time > TIME_MAX || time % METRIC_PERIOD_MS !== 0)
      return `sums of minutes (Period 60), but ${NAME[metric]} has a data point at ${asText(given)}`;
    const value: unknown = values[index];
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0)
      return `whole numbers (Stat Sum), but ${NAME[metric]} is ${asText(value)} at ${asText(given)}`;
    if (sums.has(time) && sums.get(time) !== value)
      return `one value a minute, but ${NAME[metric]} has two at ${asText(given)}`;
    sums.set(time, value);
  }
  return null;
}

const METRICS: readonly CountedMetric[] = ["invocations", "errors"];
const NAME: Readonly<Record<CountedMetric, string>> = { invocations: "Invocations", errors: "Errors" };
