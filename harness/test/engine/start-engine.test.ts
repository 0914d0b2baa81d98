import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { AppliedPage } from "../../src/engine/control-api.ts";
import type { EnvironmentDescription } from "../../src/engine/fleet-contract.ts";
import { bootstrapFile } from "./support/test-fleet.ts";
import { rawRequest } from "./support/raw-request.ts";
import { type RealEngine, realEngine } from "./support/real-engine.ts";
import { ROLE, handlerZip } from "./support/test-engine.ts";
import { itInTestAll, itOnce } from "../support/test-all.ts";

const CHILD = fileURLToPath(new URL("support/engine-child.ts", import.meta.url));

function clients(endpoint: string): {
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  destroy(): void;
} {
  const options = {
    endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
  };
  const lambda = new LambdaClient(options);
  const logs = new CloudWatchLogsClient(options);
  return {
    lambda,
    logs,
    destroy: () => {
      lambda.destroy();
      logs.destroy();
    },
  };
}

async function create(lambda: LambdaClient, name: string, answer = "'answer'"): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: ROLE,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Timeout: 60,
      Code: { ZipFile: await handlerZip(answer) },
      LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG" },
    }),
  );
  for (;;)
    if ((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))).State === "Active")
      return;
}

describe("engine: all parts together", () => {
  const ends: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  const start = async (
    options: Parameters<typeof realEngine>[0] = {},
  ): Promise<RealEngine & ReturnType<typeof clients>> => {
    const on = await realEngine(options);
    const speaking = clients(on.engine.endpoint);
    ends.push(
      () => on.close(),
      () => speaking.destroy(),
    );
    return { ...on, ...speaking };
  };

  itOnce("carries out a plan that was loaded through the control API", async () => {
    const on = await start();
    await create(on.lambda, "f");
    const plan = {
      schemaVersion: 1,
      profile: "test",
      seed: 1,
      durationMs: 2_000,
      intervalMs: 1_000,
      placement: "most-recent",
      entries: [{ action: "initialise-ahead", offsetMs: 0 }],
    };
    const loaded = await rawRequest(on.engine.endpoint, {
      method: "POST",
      path: "/_longrun/plan",
      body: JSON.stringify({ plan, functions: ["f"], startAt: new Date().toISOString() }),
    });
    expect(loaded.status).to.equal(202);
    let page: AppliedPage;
    do
      page = JSON.parse(
        (await rawRequest(on.engine.endpoint, { path: "/_longrun/plan/applied" })).body,
      ) as AppliedPage;
    while (page.running);
    expect(
      page.entries.map(({ entry, result, environments }) => [entry, result, environments.length]),
    ).to.deep.equal([[0, "applied", 1]]);
    const found = await rawRequest(on.engine.endpoint, { path: "/_longrun/functions/f/environments" });
    const { environments } = JSON.parse(found.body) as { environments: EnvironmentDescription[] };
    expect(
      environments.map(({ environment, invocations, frozen }) => [environment, invocations, frozen]),
    ).to.deep.equal([[page.entries[0]?.environments[0], 0, true]]);
    const { events } = await on.logs.send(new FilterLogEventsCommand({ logGroupName: "/aws/lambda/f" }));
    const types = events?.map(({ message }) => (JSON.parse(message ?? "{}") as { type: string }).type);
    expect(types).to.deep.equal(["platform.initStart", "platform.initRuntimeDone", "platform.initReport"]);
    expect(on.problems).to.deep.equal([]);
  });

  itOnce(
    "throttles a second invocation under reserved concurrency 1, and logs nothing about it",
    async () => {
      const on = await start();
      const go = join(on.folder, "go");
      await create(
        on.lambda,
        "f",
        `{ const { existsSync } = await import("node:fs"); while (!existsSync(${JSON.stringify(go)})) await new Promise((r) => setTimeout(r, 5)); return "answer"; }`,
      );
      await on.lambda.send(
        new PutFunctionConcurrencyCommand({ FunctionName: "f", ReservedConcurrentExecutions: 1 }),
      );
      const invoke = (): ReturnType<typeof rawRequest> =>
        rawRequest(on.engine.endpoint, {
          method: "POST",
          path: "/2015-03-31/functions/f/invocations",
          body: "{}",
        });
      const environments = async (): Promise<string> =>
        (await rawRequest(on.engine.endpoint, { path: "/_longrun/functions/f/environments" })).body;
      const first = invoke();
      while ((await environments()) === '{"environments":[]}');
      const { status, body } = await invoke();
      expect([status, body]).to.deep.equal([
        429,
        '{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}',
      ]);
      writeFileSync(go, "");
      expect(await first).to.include({ status: 200, body: '"answer"' });
      const { events } = await on.logs.send(
        new FilterLogEventsCommand({
          logGroupName: "/aws/lambda/f",
          filterPattern: '{ $.type = "platform.start" }',
        }),
      );
      expect(events?.length).to.equal(1);
    },
  );

  itInTestAll("restores its functions and every line of their logs after it was killed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "longrun-killed-"));
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", CHILD, folder, bootstrapFile()], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    ends.push(() => void child.kill("SIGKILL"));
    if (child.stdout === null) throw new Error("the child has no standard output");
    const [endpoint] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    const first = clients(endpoint);
    ends.push(() => first.destroy());
    await create(first.lambda, "f");
    for (let number = 0; number < 5; number += 1)
      await first.lambda.send(new InvokeCommand({ FunctionName: "f", Payload: "{}" }));
    const before = await first.logs.send(new FilterLogEventsCommand({ logGroupName: "/aws/lambda/f" }));
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
    const on = await start({ dataFolder: folder });
    const after = await on.logs.send(new FilterLogEventsCommand({ logGroupName: "/aws/lambda/f" }));
    expect(after.events?.slice(0, before.events?.length)).to.deep.equal(before.events);
    const again = await on.lambda.send(new InvokeCommand({ FunctionName: "f", Payload: "{}" }));
    expect(Buffer.from(again.Payload ?? []).toString()).to.equal('"answer"');
    expect(on.problems).to.deep.equal([]);
  });
});
