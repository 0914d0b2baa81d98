import { listLogGroups } from "../../adapters/aws/log-group-list.ts";
import { askInsights, type InsightsAnswer } from "../../adapters/aws/log-group-insights.ts";
import { serviceConnection } from "../../adapters/aws/service-connection.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { LongrunError, notAvailable } from "../../base/errors.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import { JUDGING_SETTINGS } from "../../settings/judging-settings.ts";
import type { OwnSettingValues } from "../../settings/setting-table.ts";
import { ENDPOINT, JSON_OUTPUT, REGION, SINCE, YES } from "../../settings/shared-settings.ts";
import { instantOf } from "../../settings/value-parsers.ts";
import { estimateScan, scanUsd } from "../../scan/estimate-scan.ts";
import { questionsOf, type Kind } from "../../scan/questions.ts";
import { mergeCounts } from "../../scan/merge-counts.ts";
import { rankFunctions } from "../../scan/rank-functions.ts";
import { scanText } from "../../scan/scan-text.ts";
import { epochMs, isoTime } from "../../base/time.ts";
import { command } from "../command.ts";
import type { Machine } from "../machine.ts";
import { confirmScan, scanCostText } from "../scan/confirm-scan.ts";
import { scanProgress } from "../scan/scan-progress.ts";
import { usageError } from "../usage-error.ts";

const SETTINGS = {
  since: SINCE,
  settle: {
    ...JUDGING_SETTINGS.settle,
    help: "How long after an Init the log line of its first invocation may still arrive.",
  },
  region: REGION,
  endpoint: { ...ENDPOINT, help: "The endpoint to use instead of AWS's." },
  yes: { ...YES, help: "Do not ask; the cost is still shown." },
  json: { ...JSON_OUTPUT, help: "Print JSON instead of the table." },
} as const;

type ScanSettings = OwnSettingValues<typeof SETTINGS>;

export const scan = command({
  name: "scan",
  description:
    "Queries every log group of a Lambda function in the account and region with CloudWatch Logs Insights, and ranks functions by environments that were initialised and never invoked, by minutes with several environments at reserved concurrency 1, and by connects in the Init phase where log lines show them. " +
    "The work runs in AWS, which charges by the byte: the cost is estimated, and you are asked before anything starts. Needs lambda:ListFunctions, lambda:GetFunctionConcurrency, logs:DescribeLogGroups, logs:StartQuery, logs:GetQueryResults, logs:StopQuery.",
  positional: null,
  settings: SETTINGS,
  examples: [
    { command: "longrun scan --since 24h", does: "which functions to look at first" },
    { command: "longrun scan --since 7d --yes --json | jq '.functions[0]'", does: "for a script" },
  ],
  run: async (machine, { settings }): Promise<ExitCode> => {
    const { region } = settings;
    if (region === null)
      throw usageError("scan", [{ where: "--region", text: "expected --region or AWS_REGION" }]);
    const stopped = new AbortController();
    const release = machine.onSignal(() => stopped.abort());
    try {
      return await scanAccount(machine, settings, region, stopped.signal);
    } catch (error) {
      if (!stopped.signal.aborted) throw error;
      throw new LongrunError("interrupted", "Stopped. Queries that were running were stopped too.", {
        cause: error,
      });
    } finally {
      release();
    }
  },
});

async function scanAccount(
  machine: Machine,
  settings: ScanSettings,
  region: string,
  signal: AbortSignal,
): Promise<ExitCode> {
  const connection = serviceConnection({ region, endpoint: settings.endpoint });
  const now = systemClock.now();
  const range = { fromMs: instantOf(settings.since, now), toMs: now };
  if (range.fromMs >= range.toMs)
    throw usageError("scan", [{ where: "--since", text: "expected an instant in the past" }]);
  machine.stderr.write("Listing functions and log groups\n");
  const groups = await listLogGroups(connection, signal);
  const questions = questionsOf(groups, now - settings.settle);
  if (questions.length > 0) {
    machine.stderr.write(`${scanCostText(groups.length, range, estimateScan(groups, range))}\n`);
    await confirmScan(machine, settings.yes);
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
    settings.json
      ? `${JSON.stringify(found, null, 2)}\n`
      : scanText(ranked, {
          columns: Math.min(100, machine.stdout.columns),
          region,
          since: isoTime(epochMs(range.fromMs)),
        }),
  );
  return EXIT.pass;
}

/** Returns the log groups of queries without an answer. Throws if no query has one. */
function unanswered(machine: Machine, answers: readonly InsightsAnswer[]): readonly string[] {
  const failed = answers.filter((answer) => answer.rows === null);
  const [first] = failed;
  if (first === undefined) return [];
  if (failed.length === answers.length)
    throw first.failure ?? notAvailable(`No query was answered: ${first.why}.`);
  const notRead = [...new Set(failed.flatMap((answer) => answer.question.logGroups))].sort();
  machine.stderr.write(`Not everything was read: ${first.why}. Without an answer: ${notRead.join(", ")}\n`);
  return notRead;
}
