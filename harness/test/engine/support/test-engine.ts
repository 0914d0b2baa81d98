/**
 * An engine without real environments (its fleet is a fake), its clients, and a deployment package. The tests of the HTTP APIs share them.
 */
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { ZipFile } from "yazl";
import { systemClock } from "../../../src/adapters/node/system-clock.ts";
import { type EngineSettings, type OpenEngine, openEngine } from "../../../src/engine/start/open-engine.ts";
import type { StartConductor } from "../../../src/engine/scheduling/plan/conductor.ts";
import type { LogSink } from "../../../src/engine/log-sink.ts";
import { type FakeFleet, fakeFleet } from "./fake-fleet.ts";

export interface TestEngine {
  readonly engine: OpenEngine;
  readonly fleet: FakeFleet;
  readonly logs: LogSink;
  readonly lambda: LambdaClient;
  readonly cloudWatchLogs: CloudWatchLogsClient;
  readonly problems: string[];
  close(): Promise<void>;
}

export const ROLE = "arn:aws:iam::123456789012:role/longrun";
const REGION = "eu-central-1";
const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };

const noConductor: StartConductor = () => {
  throw new Error("this test loads no plan");
};

export async function testEngine(
  settings: Partial<EngineSettings> = {},
  startConductor: StartConductor = noConductor,
): Promise<TestEngine> {
  const fleet = fakeFleet();
  const problems: string[] = [];
  let logs: LogSink | undefined;
  const engine = await openEngine(
    {
      host: "127.0.0.1",
      port: 0,
      dataFolder: null,
      platform: null,
      clock: systemClock,
      version: "0.0.0",
      report: (problem) => problems.push(problem),
      ...settings,
    },
    {
      createFleet: (options) => {
        logs = options.logs.of?.(REGION) ?? options.logs;
        return Promise.resolve(fleet);
      },
      startConductor,
    },
  );
  if (logs === undefined) throw new Error("the engine made no fleet");
  const client = {
    endpoint: engine.endpoint,
    region: REGION,
    credentials: CREDENTIALS,
    maxAttempts: 1,
  };
  const lambda = new LambdaClient(client);
  const cloudWatchLogs = new CloudWatchLogsClient(client);
  return {
    engine,
    fleet,
    logs,
    lambda,
    cloudWatchLogs,
    problems,
    close: async () => {
      lambda.destroy();
      cloudWatchLogs.destroy();
      await engine.close();
    },
  };
}

export interface PackageEntry {
  readonly path: string;
  readonly content?: string | Buffer;
  readonly mode?: number;
}

export async function zipOf(entries: readonly PackageEntry[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { path, content = "", mode = 0o100644 } of entries)
    zip.addBuffer(Buffer.from(content), path, { mode, mtime: new Date("2026-01-01T00:00:00Z") });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export const handlerZip = (answer = "1"): Promise<Buffer> =>
  zipOf([{ path: "index.mjs", content: `export const handler = async () => ${answer};\n` }]);

/** Creates a function and polls until it is active. Does not use the SDK's waiter, which would sleep for a second. */
export async function activeFunction(
  on: TestEngine,
  name: string,
  zip: Buffer,
  more: Partial<CreateFunctionCommandInput> = {},
  { wait }: { readonly wait: boolean } = { wait: true },
): Promise<void> {
  const command = new CreateFunctionCommand({
    FunctionName: name,
    Role: ROLE,
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Code: { ZipFile: zip },
    ...more,
  });
  await on.lambda.send(command);
  while (wait) {
    const { State } = await on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    if (State === "Active") return;
  }
}
