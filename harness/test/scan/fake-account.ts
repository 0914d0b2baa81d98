/**
 * A server with the parts of an AWS account that a scan uses: functions, log groups, and Logs Insights with rows in AWS's format. The test
 * sets the answers, and the server keeps the requests.
 */
import type { ServerResponse } from "node:http";
import { cannedService, json, type Asked } from "../adapters/aws/canned-service.ts";

export interface FakeQuery {
  readonly id: string;
  readonly logGroupNames: readonly string[];
  readonly queryString: string;
  readonly startTime: number;
  readonly endTime: number;
}

export interface AccountSettings {
  /** Reserved concurrency by function name. */
  readonly functions?: Readonly<Record<string, number | null>>;
  /** Log groups in addition to the log groups of the functions. */
  readonly groups?: readonly string[];
  readonly storedBytes?: number;
  /** The error that StartQuery returns instead of a query id. */
  readonly refuse?: (query: FakeQuery, tries: number) => readonly [status: number, body: object] | null;
  /** The state of a query at the n-th request for it. */
  readonly result?: (query: FakeQuery, asked: number) => { readonly status: string };
  readonly rows?: (query: FakeQuery) => readonly Readonly<Record<string, string>>[];
}

const LAMBDA_ARN = "arn:aws:lambda:eu-west-1:123456789012:function:";

export async function fakeAccount(settings: AccountSettings = {}) {
  const queries = new Map<string, FakeQuery>();
  const askedFor = new Map<string, number>();
  const stopped: string[] = [];
  const started: FakeQuery[] = [];
  let tries = 0;
  const functions = Object.entries(settings.functions ?? {});
  const groups = [...functions.map(([name]) => `/aws/lambda/${name}`), ...(settings.groups ?? [])];

  const logs = (target: string, body: Record<string, unknown>, response: ServerResponse): void => {
    if (target === "DescribeLogGroups")
      return json(response, 200, {
        logGroups: groups
          .filter((name) => name.startsWith(String(body["logGroupNamePrefix"])))
          .map((logGroupName) => ({
            logGroupName,
            storedBytes: settings.storedBytes ?? 0,
            creationTime: 0,
            retentionInDays: 1,
            logGroupClass: "STANDARD",
          })),
      });
    if (target === "StartQuery") {
      tries += 1;
      const query: FakeQuery = { ...(body as Omit<FakeQuery, "id">), id: `query-${queries.size + 1}` };
      const refusal = settings.refuse?.(query, tries) ?? null;
      if (refusal !== null) return json(response, refusal[0], refusal[1]);
      queries.set(query.id, query);
      started.push(query);
      return json(response, 200, { queryId: query.id });
    }
    const id = String(body["queryId"]);
    const query = queries.get(id);
    if (query === undefined) return json(response, 400, { __type: "ResourceNotFoundException" });
    if (target === "StopQuery") {
      stopped.push(id);
      return json(response, 200, { success: true });
    }
    const times = (askedFor.get(id) ?? 0) + 1;
    askedFor.set(id, times);
    const { status } = settings.result?.(query, times) ?? { status: "Complete" };
    const rows = status === "Complete" ? (settings.rows?.(query) ?? []) : [];
    return json(response, 200, {
      status,
      statistics: { recordsMatched: 1, recordsScanned: 2, bytesScanned: 2_500_000 },
      results: rows.map((row) => Object.entries(row).map(([field, value]) => ({ field, value }))),
    });
  };

  const service = await cannedService((asked: Asked, response) => {
    const target = String(asked.headers["x-amz-target"] ?? "").replace(/^.*\./, "");
    if (target !== "") {
      logs(target, JSON.parse(asked.body) as Record<string, unknown>, response);
      return;
    }
    const concurrency = /\/functions\/([^/]+)\/concurrency/.exec(asked.path)?.[1];
    if (concurrency !== undefined) {
      const reserved = settings.functions?.[decodeURIComponent(concurrency)] ?? null;
      json(response, 200, reserved === null ? {} : { ReservedConcurrentExecutions: reserved });
      return;
    }
    json(response, 200, {
      Functions: functions.map(([FunctionName]) => ({
        FunctionName,
        FunctionArn: `${LAMBDA_ARN}${FunctionName}`,
        LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "INFO", LogGroup: `/aws/lambda/${FunctionName}` },
      })),
    });
  });
  return { endpoint: service.endpoint, close: service.close, started, stopped };
}
