/** `--metrics-file`: adds CloudWatch's metrics from files to the logs of their functions. */
import { resolve } from "node:path";
import { fileBytes, unpacked } from "../../adapters/log-formats/log-source-bytes.ts";
import { readMetricFile } from "../../adapters/log-formats/read-metric-file.ts";
import { wrongInput } from "../../base/errors.ts";
import type { MetricEvidence, MetricPoint } from "../../record/function-metrics.ts";
import { nameInArn } from "../../words/name-in-arn.ts";
import type { GatheredFunction } from "../../evidence/gathered-evidence.ts";
import type { Machine } from "../machine.ts";
import type { FileOfFunction } from "./analyze-settings.ts";
import type { EvidenceInWords } from "./evidence-in-words.ts";

interface MetricFile extends FileOfFunction {
  readonly points: readonly MetricPoint[];
}

/** Called before the logs are read, because reading the logs may take long. */
export async function readMetricFiles(
  machine: Machine,
  files: readonly FileOfFunction[],
): Promise<readonly MetricFile[]> {
  const read: MetricFile[] = [];
  for (const one of files) {
    const { file } = one;
    const bytes =
      file === "-" ? unpacked(machine.inputBytes()) : fileBytes(resolve(machine.workingFolder, file));
    read.push({ ...one, points: await readMetricFile(file, bytes) });
  }
  return read;
}

/**
 * Two files for one function count as two readings. `range` has the times of --since and --until, which bound the log. Throws a usage error
 * if a flag names a function that is not in the evidence, or names no function although the evidence has several. If the evidence has no
 * function at all, there is no error.
 */
export function addMetrics(
  gathered: EvidenceInWords,
  files: readonly MetricFile[],
  range: { readonly since: number | null; readonly until: number | null },
): EvidenceInWords {
  const { evidence } = gathered;
  const names = evidence.functions.map(({ name }) => name);
  for (const { functionName, file } of files) {
    const known = functionName === null ? names.length <= 1 : names.includes(functionName);
    if (known || names.length === 0) continue;
    const given = functionName === null ? "" : `${functionName}=`;
    throw wrongInput(
      `--metrics-file ${given}${file}: expected FUNCTION=FILE with one of ${names.join(", ")}.`,
    );
  }
  const functions = evidence.functions.map((one) => {
    const own = files.filter(({ functionName }) => (functionName ?? one.name) === one.name);
    return own.length === 0 ? one : { ...one, metrics: metricsOf(one, own, range) };
  });
  return { ...gathered, evidence: { ...evidence, functions } };
}

function metricsOf(
  { name, functionArn }: GatheredFunction,
  files: readonly MetricFile[],
  { since, until }: { readonly since: number | null; readonly until: number | null },
): MetricEvidence {
  const functionName = functionArn === null ? name : nameInArn(functionArn);
  return {
    readings: files.map(({ points }) => ({ functionName, readAt: null, from: null, to: null, points })),
    loggedFrom: since,
    loggedTo: until,
  };
}
