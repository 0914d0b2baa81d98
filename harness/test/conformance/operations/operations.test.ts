/**
 * Tests that every operation of both APIs has one row in docs/fidelity.md, and that the engine treats it as the row says. The operations
 * come from model.json, which has the names of AWS's own model; the SDK, which is generated from that model too, calls them. Operations
 * that are newer than the SDK are called by their paths. If botocore is installed, it calls every operation of its own model.
 */
import * as logsSdk from "@aws-sdk/client-cloudwatch-logs";
import * as lambdaSdk from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { operationNames } from "../../../src/engine/api-model/request-model.ts";
import { rawRequest } from "../../engine/support/raw-request.ts";
import { runClient } from "../../engine/support/real-engine.ts";
import { type TestEngine, activeFunction, handlerZip, testEngine } from "../../engine/support/test-engine.ts";
import { requireTool } from "../../support/require-tool.ts";
import { operationRows, type Treatment } from "./operation-rows.ts";

type Command = lambdaSdk.GetFunctionCommand & logsSdk.StartQueryCommand;
type CommandClass = new (input: object) => Command;
interface Sender {
  send(command: Command): Promise<{ readonly $metadata: { readonly httpStatusCode?: number } }>;
  destroy(): void;
}

const operationsOf = (sdk: object): readonly string[] =>
  Object.keys(sdk)
    .flatMap((name) => /^([A-Z]\w+)Command$/.exec(name)?.[1] ?? [])
    .toSorted();

/** The members that are part of a request's URL, and InvokeArgs. An operation may refuse the request because other members are missing. */
const INPUT = {
  FunctionName: "f",
  Name: "a",
  LayerName: "layer",
  VersionNumber: 1,
  Arn: "arn:aws:lambda:eu-central-1:123456789012:layer:layer:1",
  Resource: "arn:aws:lambda:eu-central-1:123456789012:function:f",
  ResourceArn: "arn:aws:lambda:eu-central-1:123456789012:function:f",
  TagKeys: ["k"],
  StatementId: "s",
  UUID: "2b5e9a0e-0000-4000-8000-000000000000",
  CodeSigningConfigArn: "arn:aws:lambda:eu-central-1:123456789012:code-signing-config:csc-0123456789abcdef0",
  CapacityProviderName: "provider",
  DurableExecutionArn: "arn:aws:lambda:eu-central-1:123456789012:function:f:1/durable-execution/e/i",
  CallbackId: "callback",
  InvokeArgs: "{}",
};

/** Method and path of each operation of Lambda's model that the SDK does not have yet. */
const NEWER_THAN_SDK: Readonly<Record<string, { readonly method: string; readonly path: string }>> = {
  DeleteDurableExecution: { method: "DELETE", path: "/2025-12-01/durable-executions/arn" },
  PauseDurableExecution: { method: "POST", path: "/2025-12-01/durable-executions/arn/pause" },
  ResumeDurableExecution: { method: "POST", path: "/2025-12-01/durable-executions/arn/resume" },
};

const NOT_SERVED: Readonly<Record<string, number>> = { lambda: 404, logs: 400 };

describe("conformance: the operations of docs/fidelity.md", () => {
  let on: TestEngine;
  before(async () => {
    on = await testEngine();
    await activeFunction(on, "f", await handlerZip());
  });
  after(() => on.close());

  const services = [
    { service: "lambda", sdk: lambdaSdk as object, open: () => new lambdaSdk.LambdaClient(settings()) },
    {
      service: "logs",
      sdk: logsSdk as object,
      open: () => new logsSdk.CloudWatchLogsClient(settings()) as Sender,
    },
  ] as const;
  // On AWS the SDK adds a host prefix for some operations. The engine has one host, so the prefix is disabled.
  const settings = (): object => ({
    endpoint: on.engine.endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
    disableHostPrefix: true,
  });
  for (const { service, sdk, open } of services) {
    const rows = operationRows(service);
    let client: Sender;
    before(() => (client = open()));
    after(() => client.destroy());

    it(`${service}: the table names every operation once`, () => {
      expect(rows.map(({ operation }) => operation)).to.deep.equal(operationNames(service));
    });

    it(`${service}: the model has every operation of the SDK, and a few newer ones`, () => {
      const newer = service === "lambda" ? Object.keys(NEWER_THAN_SDK) : [];
      expect([...operationsOf(sdk), ...newer].toSorted()).to.deep.equal(operationNames(service));
    });

    for (const treatment of ["served", "never set", "absent"] satisfies readonly Treatment[])
      it(`${service}: the engine's answers to the operations that the table marks as '${treatment}' agree with this mark`, async () => {
        const wrong: string[] = [];
        for (const { operation } of rows.filter((row) => row.treatment === treatment)) {
          const answer = await (Object.hasOwn(NEWER_THAN_SDK, operation)
            ? askByPath(on.engine.endpoint, operation)
            : ask(client, sdk, operation));
          if ((answer.status ?? 500) >= 500) wrong.push(`${operation}: ${answer.status} ${answer.message}`);
          const unknown = answer.name === "UnknownOperationException";
          if (unknown !== (treatment === "absent")) wrong.push(`${operation}: ${answer.name}`);
          if (unknown && answer.status !== NOT_SERVED[service]) wrong.push(`${operation}: ${answer.status}`);
          if (unknown && answer.message !== `The local engine does not serve ${operation}.`)
            wrong.push(`${operation}: ${answer.message}`);
        }
        expect(wrong).to.deep.equal([]);
      });
  }

  it("answers every operation of the installed botocore in AWS's form", async function () {
    await requireTool(this, ["python3", "-c", "import boto3"]);
    this.timeout(300_000);
    const folder = mkdtempSync(join(tmpdir(), "longrun-operations-"));
    const script = fileURLToPath(new URL("every-operation.py", import.meta.url));
    const ended = await runClient("python3", [script], on.engine.endpoint, folder);
    rmSync(folder, { recursive: true, force: true });
    expect(ended?.stderr).to.equal("");
    const { asked, wrong } = JSON.parse(ended?.stdout ?? "{}") as { asked: number; wrong: string[] };
    expect(wrong).to.deep.equal([]);
    expect(asked).to.be.greaterThan(150);
  });
});

interface Answer {
  readonly name: string;
  readonly status: number | undefined;
  readonly message: string;
}

async function ask(client: Sender, sdk: object, operation: string): Promise<Answer> {
  const command = new ((sdk as Record<string, CommandClass>)[`${operation}Command`] as CommandClass)(INPUT);
  try {
    const { $metadata } = await client.send(command);
    return { name: "none", status: $metadata.httpStatusCode, message: "" };
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, message, status: $metadata?.httpStatusCode };
  }
}

async function askByPath(endpoint: string, operation: string): Promise<Answer> {
  const { status, headers, body } = await rawRequest(endpoint, NEWER_THAN_SDK[operation] ?? { path: "/" });
  const { message } = JSON.parse(body) as { readonly message: string };
  return { name: String(headers["x-amzn-errortype"] ?? "none"), status, message };
}
