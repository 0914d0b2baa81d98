/**
 * Calls the Lambda API on AWS or on the local engine. An invocation is never retried: a retry would be a second execution, or would itself
 * cause a throttle (docs/aws/invoke-api.md#the-javascript-sdk).
 */
import {
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  type FunctionConfiguration,
  type InvokeCommandOutput,
} from "@aws-sdk/client-lambda";
import { DEFAULT_IN_FLIGHT } from "../../words/capacity.ts";
import { notAvailable, wrongInput } from "../../base/errors.ts";
import { AWS_DEFAULT_TIMEOUT_SECONDS } from "../../words/function-size.ts";
import { functionKinds, ONLY_VERSIONS_RUN } from "../../words/function-kinds.ts";
import { INIT_MS_MAX } from "../../words/time-limits.ts";
import type { FunctionDriver, InvocationAnswer } from "../../run/ports/function-driver.ts";
import { isoTime, parseIsoTime } from "../../base/time.ts";
import { failedInvocation } from "./failed-invocation.ts";
import { probingAgents } from "./probing-agents.ts";
import { unavailable, type ServiceConnection } from "./service-connection.ts";
import { asJsonObject, parseJson } from "../../base/json-object.ts";

/**
 * An answer may take the function's time-out, an Init and this margin. The margin is for a repeated Init, or for an invocation that the
 * engine holds back.
 */
const MARGIN_MS = 30_000;
/** If the time between two calls is this long or longer, no socket is kept between them: a network device may drop an idle connection. */
const IDLE_MS_MAX = 10_000;

/** The SDK's own limit of open sockets. */
const SOCKETS_MIN = 50;

interface Calls {
  /** The time between two invocations. Null if it is not known. */
  readonly everyMs?: number | null;
  readonly inFlight?: number;
}

export function lambdaDriver(
  connection: ServiceConnection,
  { everyMs: callEveryMs = null, inFlight = DEFAULT_IN_FLIGHT }: Calls = {},
): FunctionDriver {
  const maxSockets = Math.max(SOCKETS_MIN, inFlight);
  const reuse = callEveryMs === null || callEveryMs < IDLE_MS_MAX;
  /** A client has one socket time-out for all its requests, so each function time-out gets its own client. */
  const clients = new Map<number, LambdaClient>();
  const clientFor = (functionTimeoutMs: number): LambdaClient => {
    const socketTimeout = functionTimeoutMs + INIT_MS_MAX + MARGIN_MS;
    const client =
      clients.get(socketTimeout) ??
      new LambdaClient({
        ...connection,
        maxAttempts: 1,
        requestHandler: {
          socketTimeout,
          connectionTimeout: 5_000,
          ...probingAgents({ reuse, maxSockets }),
        },
      });
    clients.set(socketTimeout, client);
    return client;
  };
  const control = new LambdaClient({
    ...connection,
    requestHandler: { socketTimeout: MARGIN_MS, connectionTimeout: 5_000 },
  });
  return {
    look: async (functionName) => {
      try {
        return facts(await control.send(new GetFunctionConfigurationCommand({ FunctionName: functionName })));
      } catch (error) {
        throw unavailable(`The function ${functionName} cannot be read`, error);
      }
    },
    reservedConcurrency: async (functionName) => {
      try {
        const answer = await control.send(
          new GetFunctionConcurrencyCommand({ FunctionName: withoutQualifier(functionName) }),
        );
        return answer.ReservedConcurrentExecutions ?? null;
      } catch (error) {
        throw unavailable(`The reserved concurrency of ${functionName} cannot be read`, error);
      }
    },
    invoke: async (functionName, request, signal) => {
      try {
        const command = new InvokeCommand({
          FunctionName: functionName,
          Payload: request.payload,
          TenantId: request.tenantId,
        });
        return answered(await clientFor(request.functionTimeoutMs).send(command, { abortSignal: signal }));
      } catch (error) {
        return failedInvocation(error);
      }
    },
    close: () => {
      for (const client of clients.values()) client.destroy();
      control.destroy();
    },
  };
}

function facts(configuration: FunctionConfiguration): Awaited<ReturnType<FunctionDriver["look"]>> {
  const { FunctionArn, FunctionName, LoggingConfig, State } = configuration;
  if (FunctionArn === undefined || FunctionName === undefined)
    throw notAvailable("Lambda answered without a function.");
  if (State === "Failed")
    throw notAvailable(
      `${FunctionArn} is in state Failed: ${configuration.StateReason ?? "no reason given"}`,
    );
  if (State === ONLY_VERSIONS_RUN.state)
    throw wrongInput(`${FunctionArn}: ${ONLY_VERSIONS_RUN.text}`, {
      hint: ONLY_VERSIONS_RUN.advice,
    });
  const kinds = functionKinds(configuration);
  const modified = parseIsoTime(configuration.LastModified ?? "");
  if (modified === null) throw notAvailable(`${FunctionArn} has no LastModified that can be read.`);
  return {
    functionArn: FunctionArn,
    logGroup: LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`,
    runtime: configuration.Runtime ?? null,
    timeoutMs: (configuration.Timeout ?? AWS_DEFAULT_TIMEOUT_SECONDS) * 1_000,
    lastModified: isoTime(modified),
    codeSha256: configuration.CodeSha256 ?? null,
    logFormat: LoggingConfig?.LogFormat === "JSON" ? "JSON" : "Text",
    systemLogLevel: LoggingConfig?.SystemLogLevel ?? null,
    ...(kinds.length === 0 ? {} : { kinds }),
  };
}

/**
 * Removes the qualifier from a name, an ARN or a partial ARN, because concurrency is reserved for the function and not for a version or
 * alias.
 */
export function withoutQualifier(functionName: string): string {
  const [, unqualified = functionName] =
    /^((?:.*:)?function:[^:]+|[^:]+)(?::[^:]+)?$/.exec(functionName) ?? [];
  return unqualified;
}

function answered(output: InvokeCommandOutput): InvocationAnswer {
  const text = output.Payload === undefined ? "" : Buffer.from(output.Payload).toString("utf8");
  const payload = parseJson(text) ?? null;
  const common = {
    requestId: output.$metadata.requestId ?? null,
    executedVersion: output.ExecutedVersion ?? null,
  };
  if (output.FunctionError === undefined) return { ...common, outcome: { outcome: "succeeded" }, payload };
  const error = asJsonObject(payload) ?? {};
  const member = (name: string): string | null => (typeof error[name] === "string" ? error[name] : null);
  return {
    ...common,
    outcome: {
      outcome: "function-error",
      errorType: member("errorType"),
      errorMessage: member("errorMessage"),
    },
    payload: null,
  };
}
