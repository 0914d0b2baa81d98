/** Reads memory, time-out and architecture of functions for an estimate. If a function cannot be read, its entry is null and no error is thrown. */
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { AWS_DEFAULT_MEMORY_MB, AWS_DEFAULT_TIMEOUT_SECONDS } from "../../words/function-size.ts";
import type { ServiceConnection } from "./service-connection.ts";
import type { FunctionSize } from "../../scan/cost/estimate-cost.ts";

export async function functionSizes(
  connection: ServiceConnection,
  names: readonly string[],
): Promise<readonly (FunctionSize | null)[]> {
  const client = new LambdaClient({
    ...connection,
    requestHandler: { socketTimeout: 15_000, connectionTimeout: 5_000 },
  });
  try {
    return await Promise.all(names.map((name) => sizeOf(client, name)));
  } finally {
    client.destroy();
  }
}

async function sizeOf(client: LambdaClient, name: string): Promise<FunctionSize | null> {
  try {
    const { MemorySize, Timeout, Architectures } = await client.send(
      new GetFunctionConfigurationCommand({ FunctionName: name }),
    );
    return {
      memoryMb: MemorySize ?? AWS_DEFAULT_MEMORY_MB,
      timeoutMs: (Timeout ?? AWS_DEFAULT_TIMEOUT_SECONDS) * 1_000,
      architecture: Architectures?.[0] === "arm64" ? "arm64" : "x86_64",
    };
  } catch {
    // The run reads the function again and reports the error.
    return null;
  }
}
