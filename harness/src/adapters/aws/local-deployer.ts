/** Makes functions on the local engine through the Lambda API, with log settings that also show the end of each Init. */
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  ResourceNotFoundException,
  waitUntilFunctionActiveV2,
  type Runtime,
} from "@aws-sdk/client-lambda";
import type { Deployment, FunctionDeployer } from "../../run/ports/function-deployer.ts";
import { unavailable, type ServiceConnection } from "./service-connection.ts";

/** The role of the functions. The engine checks only its form. */
const ROLE = "arn:aws:iam::123456789012:role/longrun";
const ACTIVE_WITHIN_SECONDS = 60;

export function localDeployer(connection: ServiceConnection): FunctionDeployer {
  // There are no retries: on one machine no request gets lost, and a second attempt to create a function would hide why the first failed.
  const client = new LambdaClient({
    ...connection,
    maxAttempts: 1,
    requestHandler: { socketTimeout: 30_000, connectionTimeout: 5_000 },
  });
  return {
    deploy: async (deployment) => {
      try {
        if (deployment.replaces === true) await removeIfThere(client, deployment.functionName);
        await create(client, deployment);
      } catch (error) {
        throw unavailable(
          `The function ${deployment.functionName} cannot be made on the local engine`,
          error,
        );
      }
    },
    remove: async (functionName) => {
      try {
        await removeIfThere(client, functionName);
      } catch (error) {
        throw unavailable(`The function ${functionName} cannot be removed from the local engine`, error);
      }
    },
  };
}

async function removeIfThere(client: LambdaClient, functionName: string): Promise<void> {
  try {
    await client.send(new DeleteFunctionCommand({ FunctionName: functionName }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

async function create(client: LambdaClient, deployment: Deployment): Promise<void> {
  const { functionName } = deployment;
  await client.send(
    new CreateFunctionCommand({
      FunctionName: functionName,
      Role: ROLE,
      Runtime: deployment.runtime as Runtime,
      Handler: deployment.handler,
      MemorySize: deployment.memoryMb,
      Timeout: deployment.timeoutMs / 1_000,
      Code: { ZipFile: deployment.zip },
      Environment: { Variables: { ...deployment.environment } },
      ...(deployment.isolatesTenants === true
        ? { TenancyConfig: { TenantIsolationMode: "PER_TENANT" } }
        : {}),
      // At the default level INFO the end of a successful Init is invisible (docs/aws/logs.md#system-log-levels).
      LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG", ApplicationLogLevel: "INFO" },
    }),
  );
  const waiting = { client, maxWaitTime: ACTIVE_WITHIN_SECONDS, minDelay: 0.05, maxDelay: 1 };
  await waitUntilFunctionActiveV2(waiting, { FunctionName: functionName });
  await client.send(
    new PutFunctionConcurrencyCommand({
      FunctionName: functionName,
      ReservedConcurrentExecutions: deployment.reservedConcurrency,
    }),
  );
}
