/** Memory, time-out and architecture of functions, for an estimate: one that cannot be looked at is null, and no error. */
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { ServiceConnection } from "./service-connection.ts";

export interface SizeOfFunction {
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly architecture: "x86_64" | "arm64";
}

export async function functionSizes(
  connection: ServiceConnection,
  names: readonly string[],
): Promise<readonly (SizeOfFunction | null)[]> {
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

async function sizeOf(client: LambdaClient, name: string): Promise<SizeOfFunction | null> {
  try {
    const { MemorySize, Timeout, Architectures } = await client.send(
      new GetFunctionConfigurationCommand({ FunctionName: name }),
    );
    return {
      memoryMb: MemorySize ?? 128,
      timeoutMs: (Timeout ?? 3) * 1_000,
      architecture: Architectures?.[0] === "arm64" ? "arm64" : "x86_64",
    };
  } catch {
    // What is wrong with it is said a moment later, by the run's own look at it.
    return null;
  }
}
