import {
  GetFunctionConfigurationCommand,
  ListVersionsByFunctionCommand,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { CreateLogGroupCommand, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { lookAtAccount } from "../../../src/adapters/aws/account-look.ts";
import { diagnoseAccount } from "../../../src/doctor/diagnose-account.ts";
import { cannedService, json } from "./canned-service.ts";
import { activeFunction, testEngine, zipOf, type TestEngine } from "../../engine/support/test-engine.ts";
import { refusingPort } from "../../support/refusing-port.ts";

const CREDENTIALS = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "test" };
const REGION = "eu-central-1";

describe("reading an account through the AWS SDK", () => {
  let on: TestEngine;
  beforeEach(async () => {
    on = await testEngine();
  });
  afterEach(() => on.close());
  const look = (...functions: readonly string[]) =>
    lookAtAccount({ region: REGION, endpoint: on.engine.endpoint, credentials: CREDENTIALS }, functions);

  it("returns the account's limits, and the state and configuration of a function", async () => {
    await activeFunction(on, "one", await zipOf([{ path: "index.mjs" }]), {
      LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG", ApplicationLogLevel: "INFO" },
    });
    await on.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: "one", ReservedConcurrentExecutions: 1 }),
    );
    await on.cloudWatchLogs.send(new CreateLogGroupCommand({ logGroupName: "/aws/lambda/one" }));
    await on.cloudWatchLogs.send(new CreateLogGroupCommand({ logGroupName: "/aws/lambda/one-more" }));
    await on.cloudWatchLogs.send(
      new PutRetentionPolicyCommand({ logGroupName: "/aws/lambda/one", retentionInDays: 14 }),
    );
    const facts = await look("one");
    expect(facts.limits).to.deep.equal({ seen: true, value: { concurrent: 1_000, unreserved: 999 } });
    const [one] = facts.functions;
    expect(
      one?.configuration.seen === true ? { ...one.configuration.value, functionArn: "" } : one,
    ).to.deep.equal({
      functionArn: "",
      state: "Active",
      stateReason: null,
      lastUpdateStatus: "Successful",
      lastUpdateReason: null,
      logGroup: "/aws/lambda/one",
      logFormat: "JSON",
      systemLogLevel: "DEBUG",
      applicationLogLevel: "INFO",
      kinds: [],
    });
    expect([one?.reservedConcurrency, one?.logGroup]).to.deep.equal([
      { seen: true, value: 1 },
      { seen: true, value: { retentionDays: 14, logClass: "STANDARD" } },
    ]);
    expect(diagnoseAccount(facts).filter(({ status }) => status !== "clear")).to.deep.equal([]);
  });

  it("returns the kinds of a function for which a run means something else", async () => {
    const service = await cannedService(({ path }, response) => {
      if (!path.endsWith("/functions/one/configuration")) return json(response, 404, {});
      json(response, 200, {
        FunctionName: "one",
        CapacityProviderConfig: {
          LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: "arn" },
        },
        TenancyConfig: { TenantIsolationMode: "PER_TENANT" },
        DurableConfig: { ExecutionTimeout: 60 },
      });
    });
    const at = { region: REGION, endpoint: service.endpoint, credentials: CREDENTIALS };
    const { functions } = await lookAtAccount(at, ["one"]);
    await service.close();
    const [one] = functions;
    expect(one?.configuration.seen === true ? one.configuration.value.kinds : one).to.deep.equal([
      "managed-instances",
      "tenants",
      "durable",
    ]);
  });

  it("asks for what the levers need, and changes nothing", async () => {
    await activeFunction(on, "one", await zipOf([{ path: "index.mjs" }]));
    const state = async () => [
      (await on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "one" }))).RevisionId,
      (await on.lambda.send(new ListVersionsByFunctionCommand({ FunctionName: "one" }))).Versions?.length,
    ];
    const before = await state();
    const { functions } = await look("one");
    expect(functions[0]?.levers).to.deep.equal(
      Array.from({ length: 5 }, () => ({ seen: true, value: true })),
    );
    expect(await state()).to.deep.equal(before);
  });

  it("notes which permission of a lever is missing", async () => {
    const service = await cannedService(({ method, path }, response) => {
      if (method === "GET" && path.endsWith("/functions/one/configuration"))
        return json(response, 200, { FunctionName: "one", FunctionArn: "arn:one" });
      if (method === "PUT")
        return json(response, 412, { message: "no" }, { "x-amzn-errortype": "PreconditionFailedException" });
      if (method === "POST")
        return json(response, 403, { message: "no" }, { "x-amzn-errortype": "AccessDeniedException" });
      json(response, 404, { Message: "no" }, { "x-amzn-errortype": "ResourceNotFoundException" });
    });
    const at = { region: REGION, endpoint: service.endpoint, credentials: CREDENTIALS };
    const { functions } = await lookAtAccount(at, ["one"]);
    await service.close();
    expect(functions[0]?.levers.map((one) => (one.seen ? "" : `${one.why} ${one.action}`))).to.deep.equal([
      "",
      "denied lambda:PublishVersion",
      "",
      "",
      "",
    ]);
  });

  it("reports a function that does not exist, and a function without log group and reserved concurrency", async () => {
    await activeFunction(
      on,
      "two",
      await zipOf([{ path: "index.mjs", content: "export const handler = async () => 1;" }]),
    );
    const findings = diagnoseAccount(await look("none", "two"));
    expect(
      findings
        .filter(({ status }) => status !== "clear")
        .map(({ check, subject, status }) => [check, subject, status]),
    ).to.deep.equal([
      ["function-state", "none", "problem"],
      ["reserved-concurrency", "two", "problem"],
      ["logging", "two", "notice"],
      ["log-group", "two", "notice"],
    ]);
  });
});

describe("an account that does not answer every question", () => {
  const refusing = async (name: string, status: number) => {
    const service = await cannedService((_asked, response) =>
      json(
        response,
        status,
        { message: `User is not authorized (${name})`, Type: "User" },
        { "x-amzn-errortype": name },
      ),
    );
    try {
      return diagnoseAccount(
        await lookAtAccount({ region: REGION, endpoint: service.endpoint, credentials: CREDENTIALS }, [
          "one",
        ]),
      );
    } finally {
      await service.close();
    }
  };

  it("is reported with each missing permission", async () => {
    const findings = await refusing("AccessDeniedException", 403);
    expect(
      findings
        .filter(({ status }) => status === "unknown")
        .map(({ check, text }) => [check, /permission (\S+) is missing/.exec(text)?.[1]]),
    ).to.deep.equal([
      ["concurrency-quota", "lambda:GetAccountSettings"],
      ["function-state", "lambda:GetFunctionConfiguration"],
    ]);
  });

  for (const name of ["ExpiredTokenException", "UnrecognizedClientException"]) {
    it(`is reported with missing credentials if it answers ${name}`, async () => {
      const findings = await refusing(name, 403);
      expect(findings.map(({ check, status }) => [check, status])).to.deep.equal([
        ["credentials", "unknown"],
        ["region", "clear"],
      ]);
    });
  }

  it("has `AccountFacts` that name the permission for the first request, if there are no credentials", async () => {
    const credentials = (): Promise<never> =>
      Promise.reject(Object.assign(new Error("no credentials"), { name: "CredentialsProviderError" }));
    const facts = await lookAtAccount(
      { region: REGION, endpoint: "http://127.0.0.1:1", credentials: credentials as never },
      [],
    );
    expect(facts.credentials).to.deep.include({
      seen: false,
      why: "signed-out",
      action: "lambda:GetAccountSettings",
    });
    expect(facts.limits).to.deep.equal(facts.credentials);
  });

  it("is reported if the services do not answer at all", async () => {
    const { port, close } = await refusingPort();
    const endpoint = `http://127.0.0.1:${port}`;
    const findings = diagnoseAccount(
      await lookAtAccount({ region: REGION, endpoint, credentials: CREDENTIALS }, ["one"]),
    );
    await close();
    expect(
      findings
        .filter(({ status }) => status === "unknown")
        .map(({ text }) => /AWS does not answer/.test(text)),
    ).to.deep.equal([true, true]);
  });
});
