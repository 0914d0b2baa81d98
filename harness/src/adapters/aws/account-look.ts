/** Collects what doctor needs to know about an AWS account, or the reason why AWS did not answer. Changes nothing. */
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  type FunctionConfiguration,
} from "@aws-sdk/client-lambda";
import type {
  AccountFacts,
  FunctionConfigurationFacts,
  SeenLogGroup,
  Seen,
  SeenFunction,
} from "../../doctor/account-facts.ts";
import { functionKinds } from "../../words/function-kinds.ts";
import { systemClock } from "../node/system-clock.ts";
import { lookAtLevers } from "./lever-look.ts";
import { metricRequest } from "./cloudwatch-metric-source.ts";
import { withoutQualifier } from "./lambda-driver.ts";
import { seenOrWhy } from "./seen-or-why.ts";
import type { ServiceConnection } from "./service-connection.ts";

const HOUR_MS = 3_600_000;
const WITHIN = { socketTimeout: 20_000, connectionTimeout: 5_000 };
/** Few attempts, because the user is waiting for the result of doctor. */
const ATTEMPTS = 2;
/** The permission of the first request. If there are no credentials, this request cannot be made. */
const FIRST_ACTION = "lambda:GetAccountSettings";

export async function lookAtAccount(
  connection: ServiceConnection,
  functionNames: readonly string[],
): Promise<AccountFacts> {
  const lambda = new LambdaClient({ ...connection, maxAttempts: ATTEMPTS, requestHandler: WITHIN });
  const logs = new CloudWatchLogsClient({ ...connection, maxAttempts: ATTEMPTS, requestHandler: WITHIN });
  const metrics =
    connection.endpoint === undefined
      ? new CloudWatchClient({ ...connection, maxAttempts: ATTEMPTS, requestHandler: WITHIN })
      : null;
  try {
    const credentials = await credentialsOf(lambda);
    if (!credentials.seen)
      return { region: connection.region, credentials, limits: credentials, functions: [] };
    const limits = await accountLimits(lambda);
    // Whether credentials are valid is known only when a service has accepted them.
    if (!limits.seen && limits.why === "signed-out")
      return { region: connection.region, credentials: limits, limits, functions: [] };
    const functions = await Promise.all(
      functionNames.map((name) => lookAtFunction({ lambda, logs, metrics }, name)),
    );
    return { region: connection.region, credentials, limits, functions };
  } finally {
    lambda.destroy();
    logs.destroy();
    metrics?.destroy();
  }
}

/** Makes no request, so AWS may still refuse the credentials. */
function credentialsOf(lambda: LambdaClient): Promise<AccountFacts["credentials"]> {
  return seenOrWhy(FIRST_ACTION, async () => {
    const { accessKeyId, expiration } = await lambda.config.credentials();
    return { accessKeyId, expiration: expiration?.toISOString() ?? null };
  });
}

function accountLimits(lambda: LambdaClient): Promise<AccountFacts["limits"]> {
  return seenOrWhy(FIRST_ACTION, async () => {
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
    return {
      concurrent: AccountLimit?.ConcurrentExecutions ?? 0,
      unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
    };
  });
}

interface Clients {
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  /** Null for the engine, which has no metrics. */
  readonly metrics: CloudWatchClient | null;
}

async function lookAtFunction({ lambda, logs, metrics }: Clients, name: string): Promise<SeenFunction> {
  const configuration = await seenOrWhy("lambda:GetFunctionConfiguration", async () =>
    configurationFacts(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))),
  );
  // If the function itself cannot be read, nothing else about it can be read.
  if (!configuration.seen)
    return {
      name,
      configuration,
      reservedConcurrency: configuration,
      logGroup: configuration,
      metrics: null,
      levers: [],
    };
  const [reservedConcurrency, logGroup, counted, levers] = await Promise.all([
    seenOrWhy("lambda:GetFunctionConcurrency", async () => {
      const answer = await lambda.send(
        new GetFunctionConcurrencyCommand({ FunctionName: withoutQualifier(name) }),
      );
      return answer.ReservedConcurrentExecutions ?? null;
    }),
    lookAtLogGroup(logs, configuration.value.logGroup),
    metrics === null ? null : lookAtMetrics(metrics, name),
    lookAtLevers(lambda, withoutQualifier(name), withoutQualifier(configuration.value.functionArn)),
  ]);
  return { name, configuration, reservedConcurrency, logGroup, metrics: counted, levers };
}

function configurationFacts(configuration: FunctionConfiguration): FunctionConfigurationFacts {
  const { LoggingConfig } = configuration;
  return {
    functionArn: configuration.FunctionArn ?? "",
    state: configuration.State ?? "Active",
    stateReason: configuration.StateReason ?? null,
    lastUpdateStatus: configuration.LastUpdateStatus ?? null,
    lastUpdateReason: configuration.LastUpdateStatusReason ?? null,
    logGroup: LoggingConfig?.LogGroup ?? `/aws/lambda/${configuration.FunctionName ?? ""}`,
    logFormat: LoggingConfig?.LogFormat === "JSON" ? "JSON" : "Text",
    systemLogLevel: LoggingConfig?.SystemLogLevel ?? null,
    applicationLogLevel: LoggingConfig?.ApplicationLogLevel ?? null,
    kinds: functionKinds(configuration),
  };
}

/** The values do not matter, only whether CloudWatch answers. */
function lookAtMetrics(client: CloudWatchClient, name: string): Promise<Seen<true>> {
  return seenOrWhy("cloudwatch:GetMetricData", async () => {
    const to = systemClock.now();
    await client.send(new GetMetricDataCommand(metricRequest(name, { from: to - HOUR_MS, to })));
    return true as const;
  });
}

function lookAtLogGroup(logs: CloudWatchLogsClient, name: string): Promise<Seen<SeenLogGroup>> {
  return seenOrWhy("logs:DescribeLogGroups", async () => {
    let nextToken: string | undefined;
    do {
      const page = await logs.send(
        new DescribeLogGroupsCommand({
          logGroupNamePrefix: name,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      );
      const found = page.logGroups?.find(({ logGroupName }) => logGroupName === name);
      if (found !== undefined)
        return { retentionDays: found.retentionInDays ?? null, logClass: found.logGroupClass ?? "STANDARD" };
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    throw Object.assign(new Error(`there is no log group ${name}`), { name: "ResourceNotFoundException" });
  });
}
