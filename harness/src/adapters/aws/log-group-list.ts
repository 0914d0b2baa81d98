/**
 * Lists every log group into which a Lambda function of the account writes, with the facts about the group and the function that
 * `longrun scan` needs.
 */
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  type LogGroup,
} from "@aws-sdk/client-cloudwatch-logs";
import { LambdaClient, type FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { LoggedFunction, LogGroupFacts } from "../../scan/scanned-function.ts";
import { AT_ONCE, listFunctions, PATIENT, reservedOf } from "./account-functions.ts";
import { eachOf } from "./each-of.ts";
import { unavailable, type ServiceConnection } from "./service-connection.ts";

const PREFIX = "/aws/lambda/";
const LOCAL = ".local";

export async function listLogGroups(
  connection: ServiceConnection,
  signal: AbortSignal,
): Promise<readonly LogGroupFacts[]> {
  const lambda = new LambdaClient({ ...connection, ...PATIENT });
  const logs = new CloudWatchLogsClient({ ...connection, ...PATIENT });
  try {
    const configurations = await listFunctions(lambda, { abortSignal: signal });
    const functions = new Map<string, LoggedFunction[]>();
    await eachOf(configurations, AT_ONCE, async (one) => {
      const group = groupOf(one);
      const facts = {
        functionName: one.FunctionName ?? "",
        reservedConcurrency: await reservedOf(lambda, one.FunctionName ?? "", { abortSignal: signal }),
        startsVisible: one.LoggingConfig?.SystemLogLevel !== "WARN",
        snapStart: (one.SnapStart?.ApplyOn ?? "None") !== "None",
      };
      functions.set(group, [...(functions.get(group) ?? []), facts]);
    });
    const groups = await describeGroups(logs, PREFIX, signal);
    const others = [...functions.keys()].filter((name) => !groups.has(name));
    // These groups have another prefix, or they do not exist: a log group does not exist if its function never wrote a line.
    await eachOf(others, AT_ONCE, async (name) => {
      const found = (await describeGroups(logs, name, signal)).get(name);
      if (found !== undefined) groups.set(name, found);
    });
    return [...groups]
      .filter(([name]) => functions.has(name) || !isCopied(name, groups))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, group]) => factsOf(name, group, functions.get(name) ?? []));
  } finally {
    lambda.destroy();
    logs.destroy();
  }
}

async function describeGroups(
  client: CloudWatchLogsClient,
  prefix: string,
  signal: AbortSignal,
): Promise<Map<string, LogGroup>> {
  const groups = new Map<string, LogGroup>();
  let nextToken: string | undefined;
  try {
    do {
      const page = await client.send(
        new DescribeLogGroupsCommand({
          logGroupNamePrefix: prefix,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
        { abortSignal: signal },
      );
      for (const group of page.logGroups ?? [])
        if (group.logGroupName !== undefined) groups.set(group.logGroupName, group);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  } catch (error) {
    throw unavailable("The log groups of this account cannot be listed (logs:DescribeLogGroups)", error);
  }
  return groups;
}

/** Lambda copies the events of a Web Function's log group `NAME.local` into the group `NAME` (docs/aws/logs.md#web-functions). */
function isCopied(name: string, groups: ReadonlyMap<string, LogGroup>): boolean {
  return name.endsWith(LOCAL) && groups.has(name.slice(0, -LOCAL.length));
}

function groupOf(one: FunctionConfiguration): string {
  return one.LoggingConfig?.LogGroup ?? `${PREFIX}${one.FunctionName ?? ""}`;
}

function factsOf(logGroup: string, group: LogGroup, functions: readonly LoggedFunction[]): LogGroupFacts {
  return {
    logGroup,
    functions: [...functions].sort((a, b) => (a.functionName < b.functionName ? -1 : 1)),
    storedBytes: group.storedBytes ?? 0,
    createdAt: group.creationTime ?? null,
    retentionDays: group.retentionInDays ?? null,
    logClass: group.logGroupClass ?? "STANDARD",
  };
}
