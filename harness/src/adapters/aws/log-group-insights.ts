/** Runs the queries of `longrun scan` in CloudWatch Logs Insights, a few at the same time. If the scan is stopped, the queries are stopped. */
import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  StartQueryCommand,
  StopQueryCommand,
  type GetQueryResultsCommandOutput,
} from "@aws-sdk/client-cloudwatch-logs";
import type { LongrunError } from "../../base/errors.ts";
import type { Clock } from "../../run/ports/clock.ts";
import type { InsightsRow } from "../../scan/merge-counts.ts";
import type { ScanQuestion } from "../../scan/questions.ts";
import { durationMs } from "../../base/time.ts";
import { eachOf } from "./each-of.ts";
import { unavailable, type ServiceConnection } from "./service-connection.ts";

/** An account may run a hundred queries at the same time (fewer in some Regions). A scan must not use all of them. */
const AT_ONCE = 4;
const POLL_FIRST_MS = 250;
const POLL_MOST_MS = 5_000;
/**
 * The start of one query is tried at most this many times, in addition to the client's own retries. The number is high because other
 * queries of the account may use the complete limit for a long time.
 */
const STARTS_MAX = 20;

export interface InsightsAnswer {
  readonly question: ScanQuestion;
  /** Null if the query failed. */
  readonly rows: readonly InsightsRow[] | null;
  readonly why: string | null;
  /** Set if AWS could not be reached, or refused the request. */
  readonly failure: LongrunError | null;
  readonly bytesScanned: number;
}

interface InsightsRequest {
  readonly connection: ServiceConnection;
  readonly questions: readonly ScanQuestion[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called for each answer, and each time the state of a running query is read. */
  readonly progress: (state: InsightsProgress) => void;
}

export interface InsightsProgress {
  readonly answered: number;
  readonly bytesScanned: number;
}

/** The answers come in any order. A query that fails does not fail the others; its answer has no rows. */
export async function askInsights(request: InsightsRequest): Promise<readonly InsightsAnswer[]> {
  const client = new CloudWatchLogsClient({
    ...request.connection,
    maxAttempts: 8,
    retryMode: "adaptive",
    requestHandler: { socketTimeout: 30_000, connectionTimeout: 5_000 },
  });
  const answers: InsightsAnswer[] = [];
  const running = new Map<ScanQuestion, number>();
  const report = (): void => {
    const over = answers.map(({ bytesScanned }) => bytesScanned);
    const bytesScanned = [...over, ...running.values()].reduce((sum, bytes) => sum + bytes, 0);
    request.progress({ answered: answers.length, bytesScanned });
  };
  try {
    await eachOf(request.questions, AT_ONCE, async (question) => {
      if (request.signal.aborted) return;
      const answer = await ask(client, { ...request, question }, (bytes) => {
        running.set(question, bytes);
        report();
      });
      running.delete(question);
      answers.push(answer);
      report();
    });
    request.signal.throwIfAborted();
    return answers;
  } finally {
    client.destroy();
  }
}

async function ask(
  client: CloudWatchLogsClient,
  request: InsightsRequest & { readonly question: ScanQuestion },
  scanned: (bytes: number) => void,
): Promise<InsightsAnswer> {
  const { question } = request;
  let queryId: string | null = null;
  try {
    queryId = await start(client, request, question);
    const answer = await waitFor(client, { ...request, queryId }, scanned);
    const bytesScanned = answer.statistics?.bytesScanned ?? 0;
    if (answer.status === "Complete")
      return { question, rows: rowsOf(answer), why: null, failure: null, bytesScanned };
    const why = `the query ended as ${answer.status ?? "unknown"}`;
    return { question, rows: null, why, failure: null, bytesScanned };
  } catch (error) {
    // Stops the query, because a running query costs money.
    if (queryId !== null) await client.send(new StopQueryCommand({ queryId })).catch(() => undefined);
    const failure = unavailable("A query of CloudWatch Logs Insights gave no answer", error);
    return { question, rows: null, why: failure.message, failure, bytesScanned: 0 };
  }
}

async function waitFor(
  client: CloudWatchLogsClient,
  { clock, signal, queryId }: InsightsRequest & { readonly queryId: string },
  scanned: (bytes: number) => void,
): Promise<GetQueryResultsCommandOutput> {
  for (let wait = POLL_FIRST_MS; ; wait = Math.min(POLL_MOST_MS, wait * 1.5)) {
    await clock.sleep(durationMs(wait), signal);
    signal.throwIfAborted();
    const answer = await client.send(new GetQueryResultsCommand({ queryId }), { abortSignal: signal });
    if (answer.status !== "Scheduled" && answer.status !== "Running") return answer;
    scanned(answer.statistics?.bytesScanned ?? 0);
  }
}

/**
 * The signal does not abort the request: AWS may already have started the query, and without the query's id the query could not be stopped.
 */
async function start(
  client: CloudWatchLogsClient,
  { fromMs, toMs, clock, signal }: InsightsRequest,
  question: ScanQuestion,
): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    try {
      const { queryId } = await client.send(
        new StartQueryCommand({
          logGroupNames: [...question.logGroups],
          queryString: question.query,
          startTime: Math.floor(fromMs / 1_000),
          endTime: Math.ceil(toMs / 1_000),
          limit: 10_000,
        }),
      );
      if (queryId !== undefined) return queryId;
      throw new Error("no query id came back");
    } catch (error) {
      // The account runs too many queries. The client's own retries end after about a minute, so the start is tried again here.
      const full = (error as { readonly name?: string }).name === "LimitExceededException";
      if (!full || tries >= STARTS_MAX) throw error;
      await clock.sleep(durationMs(Math.min(POLL_MOST_MS, POLL_FIRST_MS * 1.5 ** tries)), signal);
    }
  }
}

function rowsOf(answer: GetQueryResultsCommandOutput): readonly InsightsRow[] {
  return (answer.results ?? []).map((row) =>
    Object.fromEntries(row.map(({ field, value }) => [field ?? "", value ?? ""])),
  );
}
