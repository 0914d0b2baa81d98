/** Creates a function on an engine and waits until the function is active. */
import {
  CreateFunctionCommand,
  PutFunctionConcurrencyCommand,
  waitUntilFunctionActiveV2,
  type LambdaClient,
  type Runtime,
} from "@aws-sdk/client-lambda";
import { ZipFile } from "yazl";

export const TRIVIAL_HANDLER = "export const handler = async () => ({ ok: true });\n";

export interface CreatedFunction {
  readonly zip: Uint8Array;
  readonly runtime: string;
  readonly handler: string;
}

/**
 * `given` is the text of a module for Node, or a package with its runtime and handler. `reserved` is the reserved concurrency; null for no
 * limit.
 */
export async function createFunction(
  lambda: LambdaClient,
  name: string,
  given: string | CreatedFunction = TRIVIAL_HANDLER,
  reserved: number | null = 1,
): Promise<void> {
  const { zip, runtime, handler } =
    typeof given === "string"
      ? { zip: await zipOf(given), runtime: "nodejs22.x" as const, handler: "index.handler" }
      : given;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: "arn:aws:iam::123456789012:role/bench",
      Runtime: runtime as Runtime,
      Handler: handler,
      Code: { ZipFile: zip },
      LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG" },
      MemorySize: 256,
      Timeout: 10,
    }),
  );
  await waitUntilFunctionActiveV2(
    { client: lambda, maxWaitTime: 30, minDelay: 1, maxDelay: 1 },
    { FunctionName: name },
  );
  if (reserved === null) return;
  await lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: reserved }),
  );
}

async function zipOf(source: string): Promise<Uint8Array> {
  const file = new ZipFile();
  file.addBuffer(Buffer.from(source), "index.mjs");
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
