/** Sends recorded requests to the engine through the clients that AWS publishes, and compares the answers with AWS's recorded answers. */
import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handlerZip, testEngine, type TestEngine } from "../../engine/support/test-engine.ts";
import { awsCliClient } from "./aws-cli-client.ts";
import { boto3Client } from "./boto3-client.ts";
import type { Client, Seen } from "./client.ts";
import { type RecordedCall, type Session, isCall, recordedSessions } from "./sessions.ts";
import { requireTool } from "../../support/require-tool.ts";
import { describeInTestAll } from "../../support/test-all.ts";
import { sdkClient } from "./sdk-client.ts";
import { Shapes } from "./shape.ts";

/**
 * The sessions that `make test-all` runs with the CLI. There is only one, because starting the CLI for every call is slow. With
 * LONGRUN_CONFORMANCE=all the CLI runs all sessions.
 */
const WITH_CLI: ReadonlySet<string> = new Set(["permissions: added, shown, removed"]);

interface Kind {
  readonly name: string;
  readonly tool: readonly [string, ...string[]] | null;
  readonly open: (endpoint: string, zipFile: string, folder: string, zip: Buffer) => Client;
  readonly does: (session: Session) => boolean;
  readonly describe: typeof describe;
}

const KINDS: readonly Kind[] = [
  {
    name: "the SDK and the bytes on the wire",
    tool: null,
    open: (endpoint, _file, _folder, zip) => sdkClient(endpoint, zip),
    does: () => true,
    describe,
  },
  {
    name: "boto3",
    tool: ["python3", "-c", "import boto3"],
    open: boto3Client,
    does: () => true,
    describe: describeInTestAll,
  },
  {
    name: "the AWS CLI",
    tool: ["aws", "--version"],
    open: awsCliClient,
    does: ({ title }) => WITH_CLI.has(title) || process.env["LONGRUN_CONFORMANCE"] === "all",
    describe: describeInTestAll,
  },
];

for (const kind of KINDS) {
  kind.describe(`conformance, recorded: ${kind.name}`, () => {
    let on: TestEngine;
    let folder: string;
    let zip: Buffer;
    let client: Client | null = null;
    before(async function () {
      await requireTool(this, kind.tool);
      zip = await handlerZip();
    });
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), "longrun-conformance-"));
      writeFileSync(join(folder, "function.zip"), zip);
      on = await testEngine();
    });
    afterEach(async () => {
      await client?.close();
      client = null;
      await on.close();
      rmSync(folder, { recursive: true, force: true });
    });
    for (const session of recordedSessions().filter((one) => kind.does(one))) {
      it(`${session.title} (${session.steps.filter(isCall).length} calls)`, async function () {
        this.timeout(300_000);
        client = kind.open(on.engine.endpoint, "function.zip", folder, zip);
        await play(session, client);
      });
    }
  });
}

async function play(session: Session, client: Client): Promise<void> {
  const shapes = new Shapes();
  const service = session.service ?? "lambda";
  for (const [number, step] of session.steps.entries()) {
    if (!isCall(step)) {
      await prepare(step, client);
      continue;
    }
    const seen = await client.call(
      service,
      step.operation,
      shapes.filled(step.input) as Record<string, unknown>,
    );
    try {
      compare(seen, step, shapes);
    } catch (error) {
      (error as Error).message = `step ${number + 1}, ${step.operation}: ${(error as Error).message}`;
      throw error;
    }
  }
}

function compare(seen: Seen, recorded: RecordedCall, shapes: Shapes): void {
  expect(seen.error).to.equal(recorded.error ?? null);
  if (seen.status !== null) expect(seen.status).to.equal(recorded.status);
  if (recorded.error !== undefined) {
    const { message, Message } = recorded.body as { readonly message?: string; readonly Message?: string };
    shapes.check(seen.message, message ?? Message);
  } else if (recorded.some !== undefined) shapes.checkSome(seen.output, recorded.some);
  else shapes.check(withoutStatus(seen.output), recorded.body ?? {});
  if (seen.raw === null) return;
  expect(seen.raw.type).to.equal(recorded.error);
  if (recorded.body === undefined && recorded.some === undefined) expect(seen.raw.text).to.equal("");
  else if (recorded.body !== undefined) shapes.check(JSON.parse(seen.raw.text), recorded.body);
}

/** Removes the member StatusCode. Clients show the HTTP status of DeleteFunction in it, because AWS's model says so. */
function withoutStatus(output: unknown): unknown {
  return Object.fromEntries(Object.entries(output as object).filter(([name]) => name !== "StatusCode"));
}

async function prepare(step: Exclude<Session["steps"][number], RecordedCall>, client: Client): Promise<void> {
  if ("function" in step) {
    const created = await client.call("lambda", "CreateFunction", {
      FunctionName: step.function,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: "arn:aws:iam::123456789012:role/r",
      Code: { ZipFile: "<zip>" },
    });
    expect(created.error).to.equal(null);
    await until(
      client,
      "GetFunctionConfiguration",
      { FunctionName: step.function },
      "LastUpdateStatus",
      "Successful",
    );
  } else if ("settled" in step) {
    await until(
      client,
      "GetFunctionConfiguration",
      { FunctionName: step.settled },
      "LastUpdateStatus",
      "Successful",
    );
  } else {
    const [name, qualifier] = step.provisioned.split(":");
    await until(
      client,
      "GetProvisionedConcurrencyConfig",
      { FunctionName: name, Qualifier: qualifier },
      "Status",
      "READY",
    );
  }
}

async function until(
  client: Client,
  operation: string,
  input: object,
  member: string,
  value: string,
): Promise<void> {
  for (;;) {
    const { output } = await client.call("lambda", operation, { ...input });
    if ((output as Record<string, unknown> | null)?.[member] === value) return;
  }
}
