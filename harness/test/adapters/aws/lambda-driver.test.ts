import { expect } from "chai";
import type { ServerResponse } from "node:http";
import { lambdaDriver, withoutQualifier } from "../../../src/adapters/aws/lambda-driver.ts";
import { serviceConnection } from "../../../src/adapters/aws/service-connection.ts";
import { LongrunError } from "../../../src/base/errors.ts";
import { cannedService, json } from "./canned-service.ts";
import { refusingPort } from "../../support/refusing-port.ts";

const never = new AbortController().signal;
const REQUEST = { payload: new TextEncoder().encode("{}"), functionTimeoutMs: 1_000 };

async function against<Value>(
  answer: (response: ServerResponse, path: string) => void,
  work: (driver: ReturnType<typeof lambdaDriver>) => Promise<Value>,
) {
  const service = await cannedService((asked, response) => answer(response, asked.path));
  const driver = lambdaDriver(serviceConnection({ region: "us-east-1", endpoint: service.endpoint }));
  try {
    return { value: await work(driver), asked: service.asked };
  } finally {
    driver.close();
    await service.close();
  }
}

/** What each description of a function has. */
const NAMED = {
  FunctionName: "one",
  FunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:one",
  LastModified: "2026-11-25T01:02:03.456+0000",
};

describe("lambdaDriver", () => {
  const common = { requestId: "request-1", executedVersion: null, payload: null };
  for (const { title, answer, expected } of [
    {
      title: "a success with its payload",
      answer: (response: ServerResponse) =>
        json(response, 200, { ok: true }, { "x-amz-executed-version": "$LATEST" }),
      expected: {
        outcome: { outcome: "succeeded" },
        requestId: "request-1",
        executedVersion: "$LATEST",
        payload: { ok: true },
      },
    },
    {
      title: "a function error with its name",
      answer: (response: ServerResponse) =>
        json(
          response,
          200,
          { errorType: "PeerBusy", errorMessage: "busy" },
          { "x-amz-executed-version": "3", "x-amz-function-error": "Unhandled" },
        ),
      expected: {
        ...common,
        executedVersion: "3",
        outcome: { outcome: "function-error", errorType: "PeerBusy", errorMessage: "busy" },
      },
    },
    {
      title: "a function error whose payload is not JSON",
      answer: (response: ServerResponse) =>
        json(response, 200, "oops", { "x-amz-function-error": "Unhandled" }),
      expected: { ...common, outcome: { outcome: "function-error", errorType: null, errorMessage: null } },
    },
    {
      title: "a throttle with its reason, without a second attempt",
      answer: (response: ServerResponse) =>
        json(
          response,
          429,
          {
            Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
            Type: "User",
            message: "Rate Exceeded.",
          },
          { "x-amzn-errortype": "TooManyRequestsException" },
        ),
      expected: {
        ...common,
        outcome: { outcome: "throttled", reason: "ReservedFunctionConcurrentInvocationLimitExceeded" },
      },
    },
    {
      title: "a refused request",
      answer: (response: ServerResponse) =>
        json(
          response,
          404,
          { Type: "User", Message: "Function not found: arn:x" },
          { "x-amzn-errortype": "ResourceNotFoundException" },
        ),
      expected: {
        ...common,
        outcome: {
          outcome: "invocation-error",
          errorType: "ResourceNotFoundException",
          errorMessage: "Function not found: arn:x",
          status: 404,
        },
      },
    },
    {
      title: "an error of the service, without a second attempt",
      answer: (response: ServerResponse) =>
        json(response, 500, { Type: "Service", Message: "gone" }, { "x-amzn-errortype": "ServiceException" }),
      expected: {
        ...common,
        outcome: {
          outcome: "invocation-error",
          errorType: "ServiceException",
          errorMessage: "gone",
          status: 500,
        },
      },
    },
  ]) {
    it(`reports ${title}`, async () => {
      const { value, asked } = await against(answer, (driver) => driver.invoke("one", REQUEST, never));
      expect(value).to.deep.equal(expected);
      expect(asked).to.have.length(1);
      expect(asked[0]?.headers.authorization).to.match(/^AWS4-HMAC-SHA256 Credential=longrun\//);
    });
  }

  it("does not know the outcome of a call whose connection broke before the answer", async () => {
    const { value, asked } = await against(
      (response) => response.destroy(),
      (driver) => driver.invoke("one", REQUEST, never),
    );
    expect({ outcome: value.outcome.outcome, requestId: value.requestId, calls: asked.length }).to.deep.equal(
      { outcome: "unknown", requestId: null, calls: 1 },
    );
  });

  it("does not know the outcome of a call whose answer broke off", async () => {
    const { value } = await against(
      (response) => {
        response.writeHead(200, { "content-length": "100", "content-type": "application/json" });
        response.write("{");
        setImmediate(() => response.destroy());
      },
      (driver) => driver.invoke("one", REQUEST, never),
    );
    expect(value.outcome.outcome).to.equal("unknown");
  });

  it("does not know the outcome of a call that it gave up waiting for", async () => {
    const giveUp = new AbortController();
    const { value } = await against(
      () => giveUp.abort(),
      (driver) => driver.invoke("one", REQUEST, giveUp.signal),
    );
    expect(value.outcome.outcome).to.equal("unknown");
  });

  it("reports that nothing listens, so no invocation can have begun", async () => {
    const { port, close } = await refusingPort();
    const endpoint = `http://127.0.0.1:${port}`;
    const driver = lambdaDriver(serviceConnection({ region: "us-east-1", endpoint }));
    const { outcome } = await driver.invoke("one", REQUEST, never);
    driver.close();
    await close();
    expect(outcome).to.deep.include({ outcome: "invocation-error", errorType: "ECONNREFUSED", status: null });
  });

  for (const { callEveryMs, sockets } of [
    { callEveryMs: null, sockets: "the same" },
    { callEveryMs: 9_999, sockets: "the same" },
    { callEveryMs: 10_000, sockets: "a new" },
    { callEveryMs: 60_000, sockets: "a new" },
  ] as const) {
    const when =
      callEveryMs === null ? "the time between calls is not known" : `calls are ${callEveryMs} ms apart`;
    it(`uses ${sockets} socket for each call if ${when}`, async () => {
      const ports: (number | undefined)[] = [];
      const closed: Promise<void>[] = [];
      const service = await cannedService((_, response) => {
        const { socket } = response;
        ports.push(socket?.remotePort);
        closed.push(new Promise((resolve) => socket?.once("close", () => resolve())));
        json(response, 200, {});
      });
      const connection = serviceConnection({ region: "us-east-1", endpoint: service.endpoint });
      const driver = lambdaDriver(connection, { everyMs: callEveryMs });
      for (let call = 0; call < 2; call += 1) {
        await driver.invoke("one", REQUEST, never);
        // Wait until the server has seen the connection close.
        if (sockets === "a new") await closed[call];
      }
      driver.close();
      await service.close();
      expect(new Set(ports).size).to.equal(sockets === "a new" ? 2 : 1);
    });
  }

  it("describes a function", async () => {
    const configuration = {
      ...NAMED,
      Runtime: "nodejs22.x",
      Timeout: 10,
      CodeSha256: "sha",
      State: "Active",
      LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG", LogGroup: "/aws/lambda/one" },
    };
    const { value } = await against(
      (response) => json(response, 200, configuration),
      (driver) => driver.look("one"),
    );
    expect(value).to.deep.equal({
      functionArn: "arn:aws:lambda:us-east-1:123456789012:function:one",
      logGroup: "/aws/lambda/one",
      runtime: "nodejs22.x",
      timeoutMs: 10_000,
      lastModified: "2026-11-25T01:02:03.456Z",
      codeSha256: "sha",
      logFormat: "JSON",
      systemLogLevel: "DEBUG",
    });
  });

  it("names the kinds of a function for which a run means something else", async () => {
    const kinds = {
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: "arn" },
      },
      TenancyConfig: { TenantIsolationMode: "PER_TENANT" },
      DurableConfig: { ExecutionTimeout: 60 },
    };
    for (const [member, kind] of [
      ["CapacityProviderConfig", "managed-instances"],
      ["TenancyConfig", "tenants"],
      ["DurableConfig", "durable"],
    ] as const) {
      const { value } = await against(
        (response) => json(response, 200, { ...NAMED, [member]: kinds[member] }),
        (driver) => driver.look("one"),
      );
      expect((value as { readonly kinds?: unknown }).kinds, member).to.deep.equal([kind]);
    }
  });

  it("refuses a function of which only published versions can be invoked, and says what to do", async () => {
    const { value } = await against(
      (response) => json(response, 200, { ...NAMED, State: "ActiveNonInvocable" }),
      (driver) => driver.look("one").catch((error: unknown) => error),
    );
    const { code, message, hint } = value as LongrunError;
    expect({ code, message, hint }).to.deep.equal({
      code: "usage",
      message:
        "arn:aws:lambda:us-east-1:123456789012:function:one: It is ActiveNonInvocable: of a function on Managed Instances only published versions can be invoked.",
      hint: "Give a published version: its name with :VERSION or with :$LATEST.PUBLISHED.",
    });
  });

  it("says what to do if the function does not exist", async () => {
    const missing = (response: ServerResponse): void =>
      json(
        response,
        404,
        { Type: "User", Message: "Function not found: arn:x" },
        { "x-amzn-errortype": "ResourceNotFoundException" },
      );
    const { value } = await against(missing, (driver) => driver.look("one").catch((error: unknown) => error));
    expect(value).to.be.instanceOf(LongrunError);
    const { code, message, hint } = value as LongrunError;
    expect({ code, message, hint }).to.deep.equal({
      code: "unavailable",
      message: "The function one cannot be read: Function not found: arn:x",
      hint: "Is it deployed in this account and region? aws lambda list-functions lists the deployed functions.",
    });
  });

  it("distinguishes functions with and without reserved concurrency", async () => {
    const answers = [{}, { ReservedConcurrentExecutions: 1 }];
    const { value } = await against(
      (response) => json(response, 200, answers.shift() ?? {}),
      async (driver) => [await driver.reservedConcurrency("one"), await driver.reservedConcurrency("one")],
    );
    expect(value).to.deep.equal([null, 1]);
  });
});

describe("withoutQualifier", () => {
  for (const [name, expected] of [
    ["one", "one"],
    ["one:live", "one"],
    [
      "arn:aws:lambda:us-east-1:123456789012:function:one",
      "arn:aws:lambda:us-east-1:123456789012:function:one",
    ],
    [
      "arn:aws:lambda:us-east-1:123456789012:function:one:live",
      "arn:aws:lambda:us-east-1:123456789012:function:one",
    ],
    ["123456789012:function:one", "123456789012:function:one"],
    ["123456789012:function:one:live", "123456789012:function:one"],
    ["function:one", "function:one"],
    ["function:one:$LATEST", "function:one"],
  ] as const) {
    it(`returns ${expected} for ${name}`, () => {
      expect(withoutQualifier(name)).to.equal(expected);
    });
  }
});
