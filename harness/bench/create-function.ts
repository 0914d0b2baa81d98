/** Creates a function on an engine and waits until the function is active. */
import {
  CreateFunctionCommand,
  PutFunctionConcurrencyCommand,
  waitUntilFunctionActiveV2,
  type LambdaClient,
  type Runtime,
} from "@aws-sdk/client-lambda";
import { ZipFile } from "yazl";

/** A CommonJS module, as the program `node -e 0` is, with which it is compared. */
export const TRIVIAL_HANDLER = "exports.handler = async () => ({ ok: true });\n";

/** The same as an ES module, for which Node loads a second loader. */
export async function trivialModule(): Promise<CreatedFunction> {
  const zip = await zipOf("index.mjs", "export const handler = async () => ({ ok: true });\n");
  return { zip, ...IN_NODE };
}

const IN_NODE = { runtime: "nodejs22.x", handler: "index.handler" };

export interface CreatedFunction {
  readonly zip: Uint8Array;
  readonly runtime: string;
  readonly handler: string;
}

/**
 * `given` is the text of a CommonJS module, or a package with its runtime and handler. `reserved` is the reserved concurrency; null for no
 * limit.
 */
export async function createFunction(
  lambda: LambdaClient,
  name: string,
  given: string | CreatedFunction = TRIVIAL_HANDLER,
  reserved: number | null = 1,
): Promise<void> {
  const { zip, runtime, handler } =
    typeof given === "string" ? { zip: await zipOf("index.js", given), ...IN_NODE } : given;
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

async function zipOf(name: string, source: string): Promise<Uint8Array> {
  const file = new ZipFile();
  file.addBuffer(Buffer.from(source), name);
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
