/** Queries of CloudWatch Logs Insights, a few at once: started, waited for, stopped when nobody waits any more. */
import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  StartQueryCommand,
  StopQueryCommand,
  type GetQueryResultsCommandOutput,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Clock } from "../../ports/clock.ts";
import type { InsightsRow } from "../../scan/merge-counts.ts";
import { durationMs } from "../../units/time.ts";
import { eachOf } from "./each-of.ts";
import { unavailable, type ServiceConnection } from "./service-connection.ts";

/** An account has some thirty at once for all who ask; ours must not be all of them. */
const AT_ONCE = 4;
const POLL_FIRST_MS = 250;
const POLL_MOST_MS = 5_000;
/** Others' queries may take all places for long: about ten minutes of asking again. */
const STARTS_MAX = 120;

export interface InsightsQuestion {
  readonly query: string;
  readonly logGroups: readonly string[];
}

export interface InsightsAnswer {
  readonly question: InsightsQuestion;
  /** Null: it failed; `why` says how. */
  readonly rows: readonly InsightsRow[] | null;
  readonly why: string | null;
  readonly bytesScanned: number;
}

export interface InsightsRequest {
  readonly connection: ServiceConnection;
  readonly questions: readonly InsightsQuestion[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (state: { readonly answered: number; readonly bytesScanned: number }) => void;
}

export async function askInsights(request: InsightsRequest): Promise<readonly InsightsAnswer[]> {
  const client = new CloudWatchLogsClient({
    ...request.connection,
    maxAttempts: 8,
    retryMode: "adaptive",
    requestHandler: { socketTimeout: 30_000, connectionTimeout: 5_000 },
  });
  const answers: InsightsAnswer[] = [];
  try {
    await eachOf(request.questions, AT_ONCE, async (question) => {
      answers.push(await ask(client, request, question));
      request.progress({
        answered: answers.length,
        bytesScanned: answers.reduce((sum, one) => sum + one.bytesScanned, 0),
      });
    });
    return answers;
  } finally {
    client.destroy();
  }
}

async function ask(
  client: CloudWatchLogsClient,
  request: InsightsRequest,
  question: InsightsQuestion,
): Promise<InsightsAnswer> {
  const queryId = await start(client, request, question);
  try {
    for (let wait = POLL_FIRST_MS; ; wait = Math.min(POLL_MOST_MS, wait * 1.5)) {
      await request.clock.sleep(durationMs(wait), request.signal);
      request.signal.throwIfAborted();
      const answer = await client.send(new GetQueryResultsCommand({ queryId }), {
        abortSignal: request.signal,
      });
      if (answer.status === "Scheduled" || answer.status === "Running") continue;
      const bytesScanned = answer.statistics?.bytesScanned ?? 0;
      if (answer.status === "Complete") return { question, rows: rowsOf(answer), why: null, bytesScanned };
      return { question, rows: null, why: `the query ended as ${answer.status ?? "unknown"}`, bytesScanned };
    }
  } catch (error) {
    // Asked for and no longer wanted: what goes on costs.
    if (request.signal.aborted) await client.send(new StopQueryCommand({ queryId })).catch(() => undefined);
    throw unavailable("A query of CloudWatch Logs Insights gave no answer (logs:GetQueryResults)", error);
  }
}

async function start(
  client: CloudWatchLogsClient,
  { fromMs, toMs, clock, signal }: InsightsRequest,
  question: InsightsQuestion,
): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      const input = {
        logGroupNames: [...question.logGroups],
        queryString: question.query,
        startTime: Math.floor(fromMs / 1_000),
        endTime: Math.ceil(toMs / 1_000),
        limit: 10_000,
      };
      const { queryId } = await client.send(new StartQueryCommand(input), { abortSignal: signal });
      if (queryId !== undefined) return queryId;
      throw new Error("no query id came back");
    } catch (error) {
      // Too many queries at once, ours or others': no fault, and the client does not try again by itself.
      const full = (error as { readonly name?: string }).name === "LimitExceededException";
      if (!full || tries >= STARTS_MAX || signal.aborted)
        throw unavailable("A query of CloudWatch Logs Insights cannot be started (logs:StartQuery)", error);
      await clock.sleep(durationMs(Math.min(POLL_MOST_MS, POLL_FIRST_MS * 1.5 ** tries)), signal);
    }
  }
}

function rowsOf(answer: GetQueryResultsCommandOutput): readonly InsightsRow[] {
  return (answer.results ?? []).map((row) =>
    Object.fromEntries(row.map(({ field, value }) => [field ?? "", value ?? ""])),
  );
}
