/** A function that isolates tenants, on a complete engine with real execution environments, through AWS's SDK. */
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { refused } from "../support/refused.ts";
import { type RealEngine, realEngine } from "../support/real-engine.ts";
import { ROLE, zipOf } from "../support/test-engine.ts";

const HANDLER = `let served = 0;
export const handler = async (event, context) => {
  console.log("served");
  served += 1;
  return { tenant: context.tenantId ?? null, served, stream: context.logStreamName };
};
`;
const MISSING =
  "The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again.";
const UNWANTED =
  "The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and try again.";

interface Answered {
  readonly tenant: string | null;
  readonly served: number;
  readonly stream: string;
}

describe("engine: a function that isolates tenants", () => {
  let on: RealEngine;
  let lambda: LambdaClient;
  let logs: CloudWatchLogsClient;
  before(async () => {
    on = await realEngine({ events: { timeScale: 0.000_01 } });
    const client = {
      endpoint: on.engine.endpoint,
      region: "eu-central-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    };
    lambda = new LambdaClient(client);
    logs = new CloudWatchLogsClient(client);
    await create("isolating", { TenancyConfig: { TenantIsolationMode: "PER_TENANT" } });
    await create("ordinary", {});
  });
  after(async () => {
    lambda?.destroy();
    logs?.destroy();
    await on?.close();
  });

  async function create(FunctionName: string, more: object): Promise<void> {
    const ZipFile = await zipOf([{ path: "index.mjs", content: HANDLER }]);
    await lambda.send(
      new CreateFunctionCommand({
        ...{ FunctionName, Role: ROLE, Runtime: "nodejs22.x", Handler: "index.handler", Timeout: 60 },
        Code: { ZipFile },
        LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG" },
        ...more,
      }),
    );
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 60, minDelay: 1 }, { FunctionName });
  }

  async function invoke(TenantId?: string, FunctionName = "isolating"): Promise<Answered> {
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, ...(TenantId === undefined ? {} : { TenantId }) }),
    );
    return JSON.parse(Buffer.from(Payload ?? []).toString()) as Answered;
  }

  const reserve = (ReservedConcurrentExecutions: number): Promise<unknown> =>
    lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: "isolating", ReservedConcurrentExecutions }),
    );

  it("shows its configuration, also after an update, and in its versions", async () => {
    const configuration = async (FunctionName: string): Promise<unknown> =>
      (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).TenancyConfig;
    const isolates = { TenantIsolationMode: "PER_TENANT" };
    expect(await configuration("isolating")).to.deep.equal(isolates);
    expect(await configuration("ordinary")).to.equal(undefined);
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: "isolating", Description: "d" }),
    );
    await waitUntilFunctionUpdatedV2(
      { client: lambda, maxWaitTime: 60, minDelay: 1 },
      { FunctionName: "isolating" },
    );
    expect(await configuration("isolating")).to.deep.equal(isolates);
    const version = await lambda.send(new PublishVersionCommand({ FunctionName: "isolating" }));
    expect([version.Version, version.TenancyConfig]).to.deep.equal(["1", isolates]);
  });

  it("is invoked for a tenant only, and an ordinary function for none", async () => {
    const parameter = "InvalidParameterValueException";
    const missing = { name: parameter, status: 400, message: MISSING };
    expect(await refused(invoke())).to.deep.equal(missing);
    expect(await refused(invoke("blue", "ordinary"))).to.deep.equal({ ...missing, message: UNWANTED });
    for (const InvocationType of ["Event", "DryRun"] as const)
      expect(
        await refused(lambda.send(new InvokeCommand({ FunctionName: "isolating", InvocationType }))),
      ).to.deep.equal(missing);
    expect(
      await refused(lambda.send(new InvokeWithResponseStreamCommand({ FunctionName: "isolating" }))),
    ).to.deep.equal(missing);
    expect((await invoke(undefined, "ordinary")).tenant).to.equal(null);
    expect((await refused(invoke("no;tenant"))).name).to.equal("ValidationException");
    expect((await refused(invoke("x".repeat(257)))).name).to.equal("ValidationException");
    expect(await refused(invoke(""))).to.deep.equal({
      name: "ValidationException",
      status: 400,
      message: String.raw`2 validation errors detected: Value '' at 'tenantId' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'tenantId' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9\._:\/=+\-@ ]+`,
    });
  });

  it("has an environment for each tenant, which both live at reserved concurrency 1", async () => {
    await reserve(1);
    const answers = [await invoke("a"), await invoke("b"), await invoke("a"), await invoke("b")];
    expect(answers.map(({ tenant, served }) => [tenant, served])).to.deep.equal([
      ["a", 1],
      ["b", 1],
      ["a", 2],
      ["b", 2],
    ]);
    const [first, second, third, fourth] = answers.map(({ stream }) => stream);
    expect([third, fourth]).to.deep.equal([first, second]);
    expect(
      on.engine.fleet
        .environments("isolating")
        .map(({ environment, tenantId, state }) => ({ environment, tenantId, state })),
    ).to.deep.equal([
      { environment: first, tenantId: "a", state: "idle" },
      { environment: second, tenantId: "b", state: "idle" },
    ]);
  });

  it("refuses a third tenant at reserved concurrency 1, until there may be more environments", async () => {
    expect(await refused(invoke("c"))).to.deep.equal({
      name: "TooManyRequestsException",
      status: 429,
      message: "Rate exceeded",
    });
    expect((await invoke("a")).tenant).to.equal("a");
    await reserve(2);
    expect((await invoke("c")).tenant).to.equal("c");
  });

  it("names the tenant in the records of its invocations, in its own lines, and in none of Init", async () => {
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: "/aws/lambda/isolating" }),
    );
    interface Line {
      readonly type?: string;
      readonly record?: { readonly tenantId?: string };
      readonly tenantId?: string;
    }
    const stream = events.find(({ message }) => message?.includes('"tenantId":"b"') === true)?.logStreamName;
    const lines = events
      .filter(({ logStreamName }) => logStreamName === stream)
      .map(({ message = "" }) => JSON.parse(message) as Line)
      .map(({ type = "line", record, tenantId }) => [
        type,
        record === undefined ? tenantId : record.tenantId,
      ]);
    const invocation = ["platform.start", "line", "platform.runtimeDone", "platform.report"];
    expect(lines.filter(([type]) => invocation.includes(String(type)))).to.deep.equal(
      [...invocation, ...invocation].map((type) => [type, "b"]),
    );
    expect(lines.find(([type]) => type === "platform.initStart")?.[1]).to.equal(undefined);
  });

  it("gets no provisioned concurrency", async () => {
    const { name, message } = await refused(
      lambda.send(
        new PutProvisionedConcurrencyConfigCommand({
          FunctionName: "isolating",
          Qualifier: "1",
          ProvisionedConcurrentExecutions: 1,
        }),
      ),
    );
    expect([name, message]).to.deep.equal([
      "InvalidParameterValueException",
      "Provisioned Concurrency Configs cannot be applied to functions with TenancyConfig.",
    ]);
  });

  it("gets no records of other functions, because these name no tenant", async () => {
    const Destination = "arn:aws:lambda:eu-central-1:123456789012:function:isolating";
    await lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: "ordinary",
        DestinationConfig: { OnSuccess: { Destination } },
      }),
    );
    await lambda.send(new InvokeCommand({ FunctionName: "ordinary", InvocationType: "Event" }));
    while (on.problems.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(on.problems[0])
      .to.match(/^event \S+ of ordinary was not sent to its destination: /)
      .and.to.contain(MISSING);
  });

  it("takes events for a tenant", async () => {
    const ended = on.engine.fleet.invocationsEnded("isolating");
    await lambda.send(
      new InvokeCommand({ FunctionName: "isolating", InvocationType: "Event", TenantId: "a" }),
    );
    while (on.engine.fleet.invocationsEnded("isolating") === ended)
      await new Promise((resolve) => setImmediate(resolve));
    expect((await invoke("a")).served).to.be.greaterThan(1);
  });
});
