/** `longrun scan`: which functions of an account are at risk. The work runs in AWS, in CloudWatch Logs Insights; nothing is changed. */
import { listLogGroups } from "../../adapters/aws/log-group-list.ts";
import { askInsights, type InsightsAnswer } from "../../adapters/aws/log-group-insights.ts";
import { serviceConnection } from "../../adapters/aws/service-connection.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { LongrunError } from "../../domain/errors.ts";
import { EXIT, type ExitCode } from "../../domain/exit-codes.ts";
import { single, toggle, type OptionValues } from "../../settings/option.ts";
import { awsRegion, duration, httpUrl, pointInTime } from "../../settings/value-parsers.ts";
import { estimateScan, scanUsd } from "../../scan/estimate-scan.ts";
import { questionsOf, type Kind } from "../../scan/questions.ts";
import { mergeCounts } from "../../scan/merge-counts.ts";
import { rankFunctions } from "../../scan/rank-functions.ts";
import { scanText } from "../../scan/scan-text.ts";
import { epochMs, isoTime, type EpochMs } from "../../units/time.ts";
import { command } from "../command.ts";
import type { Machine } from "../machine.ts";
import { confirmScan, scanCostText } from "../scan/confirm-scan.ts";
import { scanProgress } from "../scan/scan-progress.ts";
import { usageError } from "../usage-error.ts";

const SETTLE_MS = 600_000;
const DAY_MS = 86_400_000;

const OPTIONS = {
  since: single(
    { placeholder: "TIME", description: "Look back to: so long ago (24h) or an instant.", default: "24h" },
    pointInTime,
  ),
  settle: single(
    {
      placeholder: "LENGTH",
      description: "How long after an Init an invocation may still come, or its log line.",
      default: "10m",
    },
    duration({ min: 0 }),
  ),
  region: single({ placeholder: "NAME", description: "AWS region.", default: "AWS_REGION" }, awsRegion),
  endpoint: single({ placeholder: "URL", description: "Another endpoint than AWS's own." }, httpUrl),
  yes: toggle("Do not ask; the cost is shown all the same."),
  json: toggle("Print JSON instead of the table."),
} as const;

export const scan = command({
  name: "scan",
  summary: "rank an account's functions by hazard (CloudWatch Logs Insights)",
  description:
    "Asks CloudWatch Logs Insights over every log group of a Lambda function in the account and region, and ranks functions by environments that were initialised and never invoked, by minutes with several environments at reserved concurrency 1, and by connects in the Init phase where log lines show them. " +
    "The work runs in AWS, which asks for money by the byte: the cost is estimated and confirmed before anything starts. Needs lambda:ListFunctions, lambda:GetFunctionConcurrency, logs:DescribeLogGroups, logs:StartQuery, logs:GetQueryResults, logs:StopQuery.",
  positional: null,
  options: OPTIONS,
  examples: [
    { command: "longrun scan --since 24h", does: "which functions to look at first" },
    { command: "longrun scan --since 7d --yes --json | jq '.functions[0]'", does: "for a script" },
  ],
  run: async (machine, { values }): Promise<ExitCode> => {
    const region =
      values.region ?? machine.environment["AWS_REGION"] ?? machine.environment["AWS_DEFAULT_REGION"];
    if (region === undefined)
      throw usageError("scan", [{ where: "--region", text: "expected --region or AWS_REGION" }]);
    const stopped = new AbortController();
    const release = machine.onSignal(() => stopped.abort());
    try {
      return await scanAccount(machine, values, region, stopped.signal);
    } catch (error) {
      if (!stopped.signal.aborted) throw error;
      throw new LongrunError("interrupted", "Stopped; queries that were running are stopped too.", {
        cause: error,
      });
    } finally {
      release();
    }
  },
});

async function scanAccount(
  machine: Machine,
  values: OptionValues<typeof OPTIONS>,
  region: string,
  signal: AbortSignal,
): Promise<ExitCode> {
  const connection = serviceConnection({ region, endpoint: values.endpoint ?? null });
  const now = systemClock.now();
  const range = { fromMs: sinceOf(values.since, now), toMs: now };
  if (range.fromMs >= range.toMs)
    throw usageError("scan", [{ where: "--since", text: "expected an instant in the past" }]);
  machine.stderr.write("Listing functions and log groups\n");
  const groups = await listLogGroups(connection, signal);
  const questions = questionsOf(groups, now - (values.settle ?? SETTLE_MS));
  if (questions.length > 0) {
    machine.stderr.write(`${scanCostText(groups.length, range, estimateScan(groups, range))}\n`);
    await confirmScan(machine, values.yes === true);
  }
  const answers = await askInsights({
    connection,
    questions,
    ...range,
    clock: systemClock,
    signal,
    progress: scanProgress(machine.stderr, systemClock, questions.length),
  });
  const notRead = unanswered(machine, answers);
  const rowsOf = (kind: Kind): NonNullable<InsightsAnswer["rows"]> =>
    answers.flatMap(({ question, rows }) => (question.kind === kind ? (rows ?? []) : []));
  const ranked = rankFunctions(
    groups,
    mergeCounts(rowsOf("environments"), rowsOf("minutes")),
    new Set(notRead),
  );
  const bytesScanned = answers.reduce((sum, answer) => sum + answer.bytesScanned, 0);
  const found = {
    schemaVersion: 1,
    region,
    from: isoTime(epochMs(range.fromMs)),
    to: isoTime(now),
    bytesScanned,
    usd: scanUsd(bytesScanned),
    notRead,
    functions: ranked,
  };
  machine.stdout.write(
    values.json === true
      ? `${JSON.stringify(found, null, 2)}\n`
      : scanText(ranked, {
          columns: Math.min(100, machine.stdout.columns),
          region,
          since: isoTime(epochMs(range.fromMs)),
        }),
  );
  return EXIT.pass;
}

/** Log groups about which a query gave no answer. None was answered: nothing can be said. */
function unanswered(machine: Machine, answers: readonly InsightsAnswer[]): readonly string[] {
  const failed = answers.filter((answer) => answer.rows === null);
  const [first] = failed;
  if (first === undefined) return [];
  if (failed.length === answers.length)
    throw first.failure ?? new LongrunError("unavailable", `No query was answered: ${first.why}.`);
  const notRead = [...new Set(failed.flatMap((answer) => answer.question.logGroups))].sort();
  machine.stderr.write(`Not all was read: ${first.why}. Without an answer: ${notRead.join(", ")}\n`);
  return notRead;
}

function sinceOf(since: OptionValues<typeof OPTIONS>["since"], now: EpochMs): number {
  if (since === undefined) return now - DAY_MS;
  return "at" in since ? since.at : now - since.ago;
}
