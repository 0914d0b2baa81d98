import { InvokeCommand, PutFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { request } from "node:http";
import type { InvokeRequest } from "../../../../src/engine/fleet-contract.ts";
import { answered } from "../../support/fake-fleet.ts";
import { authorization, rawRequest } from "../../support/raw-request.ts";
import { type TestEngine, activeFunction, handlerZip, testEngine } from "../../support/test-engine.ts";

const PATH = "/2015-03-31/functions/f/invocations";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe("engine: Invoke", () => {
  let on: TestEngine;
  beforeEach(async () => {
    on = await testEngine({ events: { timeScale: 0.000_01 } });
    await activeFunction(on, "f", await handlerZip());
  });
  afterEach(() => on.close());

  const post = (
    headers: Readonly<Record<string, string>> = {},
    body: string | Buffer = "{}",
    path = PATH,
  ): ReturnType<typeof rawRequest> => rawRequest(on.engine.endpoint, { method: "POST", path, headers, body });

  it("answers with the payload, AWS's headers and the function's request id", async () => {
    let seen: InvokeRequest | undefined;
    on.fleet.answering = (_name, _version, one) => {
      seen = one;
      return answered({ fine: true });
    };
    const { status, headers, body } = await post({}, '{"a": 1}');
    expect([status, body, seen?.payload.toString()]).to.deep.equal([200, '{"fine":true}', '{"a": 1}']);
    const { date, ...rest } = headers;
    expect(date).to.be.a("string");
    expect(rest["x-amzn-requestid"]).to.match(UUID).and.to.equal(seen?.requestId);
    expect(rest["x-amzn-trace-id"])
      .to.match(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/)
      .and.to.equal(seen?.traceId);
    expect(Object.keys(rest).toSorted()).to.deep.equal(
      [
        "connection",
        "content-length",
        "content-type",
        "x-amz-executed-version",
        "x-amzn-remapped-content-length",
        "x-amzn-requestid",
        "x-amzn-trace-id",
      ].toSorted(),
    );
    expect([
      rest["content-type"],
      rest["x-amz-executed-version"],
      rest["x-amzn-remapped-content-length"],
    ]).to.deep.equal(["application/json", "$LATEST", "0"]);
    expect(seen?.invokedFunctionArn).to.equal("arn:aws:lambda:eu-central-1:123456789012:function:f");
  });

  it("passes the caller's trace header and client context to the function", async () => {
    let seen: InvokeRequest | undefined;
    on.fleet.answering = (_name, _version, one) => {
      seen = one;
      return answered(null);
    };
    const trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    await post({
      "x-amzn-trace-id": trace,
      "x-amz-client-context": Buffer.from('{"custom":{"a":"1"}}').toString("base64"),
    });
    expect([seen?.traceId, seen?.clientContext]).to.deep.equal([trace, '{"custom":{"a":"1"}}']);
  });

  it("gives {} to a function that is invoked without a payload", async () => {
    const { body } = await post({}, "");
    expect(body).to.equal("{}");
  });

  it("answers a function error with status 200 and marks it", async () => {
    on.fleet.answering = () =>
      answered({ errorType: "Error", errorMessage: "no", trace: [] }, { functionError: "Unhandled" });
    const answer = await on.lambda.send(new InvokeCommand({ FunctionName: "f" }));
    expect([
      answer.StatusCode,
      answer.FunctionError,
      Buffer.from(answer.Payload ?? []).toString(),
    ]).to.deep.equal([200, "Unhandled", '{"errorType":"Error","errorMessage":"no","trace":[]}']);
  });

  it("returns the tail of the log after the end of the Invoke phase, if the caller requested it", async () => {
    const waits: (boolean | undefined)[] = [];
    on.fleet.answering = (_name, _version, one) => {
      waits.push(one.waitForPhaseEnd);
      return answered(null);
    };
    const tail = await on.lambda.send(new InvokeCommand({ FunctionName: "f", LogType: "Tail" }));
    const none = await on.lambda.send(new InvokeCommand({ FunctionName: "f" }));
    expect([Buffer.from(tail.LogResult ?? "", "base64").toString(), none.LogResult, waits]).to.deep.equal([
      "START\nEND\n",
      undefined,
      [true, false],
    ]);
  });

  it("answers a throttle byte for byte as AWS does (docs/aws/concurrency.md#throttle)", async () => {
    on.fleet.answering = () => ({
      kind: "throttled",
      reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
    });
    const { status, headers, body } = await post();
    expect([
      status,
      headers["x-amzn-errortype"],
      headers["content-type"],
      headers["retry-after"],
      body,
    ]).to.deep.equal([
      429,
      "TooManyRequestsException",
      "application/json",
      undefined,
      '{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}',
    ]);
  });

  it("answers 500 ServiceException if the environment ended during the invocation", async () => {
    on.fleet.answering = () => ({ kind: "broken", message: "The execution environment ended." });
    const { status, headers, body } = await post();
    expect([status, headers["x-amzn-errortype"], body]).to.deep.equal([
      500,
      "ServiceException",
      '{"Type":"Service","Message":"The execution environment ended."}',
    ]);
  });

  it("answers a DryRun with 204 and invokes nothing", async () => {
    let called = false;
    on.fleet.answering = () => {
      called = true;
      return answered(null);
    };
    const { status, body } = await post({ "x-amz-invocation-type": "DryRun" });
    expect([status, body, called]).to.deep.equal([204, "", false]);
  });

  const refusals: readonly {
    readonly title: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Buffer;
    readonly status: number;
    readonly type: string;
    readonly text: RegExp;
  }[] = [
    {
      title: "a payload that is not JSON",
      body: "<xml/>",
      status: 400,
      type: "InvalidRequestContentException",
      text: /^\{"Type":"User","message":"Could not parse request body into json: Could not parse payload into json: /,
    },
    {
      title: "an unknown invocation type",
      headers: { "x-amz-invocation-type": "Later" },
      status: 400,
      type: "ValidationException",
      text: /Value 'Later' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: \[Event, RequestResponse, DryRun\]/,
    },
    {
      title: "an unknown log type",
      headers: { "x-amz-log-type": "Head" },
      status: 400,
      type: "ValidationException",
      text: /at 'logType'/,
    },
    {
      title: "a client context that is not JSON",
      headers: { "x-amz-client-context": "!!" },
      status: 400,
      type: "InvalidRequestContentException",
      text: /client context/i,
    },
    {
      title: "a client context that is too long",
      headers: {
        "x-amz-client-context": Buffer.from(JSON.stringify({ a: "x".repeat(3_583) })).toString("base64"),
      },
      status: 400,
      type: "InvalidRequestContentException",
      text: /no more than 3583 bytes/,
    },
    {
      title: "a payload of more than 6 MB",
      body: Buffer.alloc(6_291_457, 0x31),
      status: 413,
      type: "RequestEntityTooLargeException",
      text: /6291457 byte payload is too large for the RequestResponse invocation type \(limit 6291456 bytes\)/,
    },
    {
      title: "a payload of more than 1 MB for an event",
      headers: { "x-amz-invocation-type": "Event" },
      body: Buffer.alloc(1_048_577, 0x31),
      status: 413,
      type: "RequestEntityTooLargeException",
      text: /1048577 byte payload is too large for the Event invocation type \(limit 1048576 bytes\)/,
    },
  ];
  for (const { title, headers, body, status, type, text } of refusals) {
    it(`refuses ${title}`, async () => {
      const answer = await post(headers, body);
      expect([answer.status, answer.headers["x-amzn-errortype"]]).to.deep.equal([status, type]);
      expect(answer.body).to.match(text);
    });
  }

  it("accepts a payload of exactly 6 MB", async () => {
    const payload = Buffer.from(JSON.stringify("x".repeat(6_291_454)));
    const { status, body } = await post({}, payload);
    expect([payload.length, status, body.length]).to.deep.equal([6_291_456, 200, 6_291_456]);
  });

  it("lets the function finish when its caller disconnects", async () => {
    let release = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      on.fleet.answering = async () => {
        resolve();
        await new Promise<void>((done) => (release = done));
        return answered(null);
      };
    });
    const url = new URL(on.engine.endpoint);
    const call = request({
      host: url.hostname,
      port: url.port,
      method: "POST",
      path: PATH,
      headers: { authorization: authorization() },
      agent: false,
    });
    call.on("error", () => undefined);
    call.end("{}");
    await begun;
    const closed = new Promise((resolve) => call.once("close", resolve));
    call.destroy();
    await closed;
    release();
    on.fleet.answering = () => answered("still here");
    expect((await post()).body).to.equal('"still here"');
    expect(on.problems).to.deep.equal([]);
  });

  describe("as an asynchronous event", () => {
    /** Answers the attempts of one event with `results` in order, and resolves with the attempts' requests after the last result. */
    const attempts = (results: readonly ReturnType<typeof answered>[]): Promise<InvokeRequest[]> =>
      new Promise((resolve) => {
        const seen: InvokeRequest[] = [];
        on.fleet.answering = (_name, _version, one) => {
          seen.push(one);
          if (seen.length === results.length) resolve(seen);
          return results[seen.length - 1] ?? answered("one attempt too many");
        };
      });
    const event = (): ReturnType<typeof post> => post({ "x-amz-invocation-type": "Event" }, '{"n":1}');

    it("answers 202 without a body, and invokes once", async () => {
      const made = attempts([answered(null)]);
      const { status, headers, body } = await event();
      expect([status, body, headers["content-length"], headers["x-amz-executed-version"]]).to.deep.equal([
        202,
        "",
        "0",
        undefined,
      ]);
      const [only] = await made;
      expect([only?.requestId, only?.payload.toString()]).to.deep.equal([
        headers["x-amzn-requestid"],
        '{"n":1}',
      ]);
    });

    it("after a function error, invokes twice more with the same request id", async () => {
      const failed = answered({ errorType: "Error" }, { functionError: "Unhandled" });
      const made = attempts([failed, failed, failed]);
      const { headers } = await event();
      expect((await made).map(({ requestId }) => requestId)).to.deep.equal(
        Array(3).fill(headers["x-amzn-requestid"]),
      );
    });

    it("after a throttle or a broken environment, invokes again until an attempt succeeds", async () => {
      const throttled = {
        kind: "throttled",
        reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
      } as const;
      const made = attempts([
        throttled,
        { kind: "broken", message: "" },
        throttled,
        throttled,
        answered(null),
      ]);
      await event();
      expect((await made).length).to.equal(5);
    });

    it("drops the event of a function whose reserved concurrency is 0", async () => {
      await on.lambda.send(
        new PutFunctionConcurrencyCommand({ FunctionName: "f", ReservedConcurrentExecutions: 0 }),
      );
      let called = false;
      on.fleet.answering = () => {
        called = true;
        return answered(null);
      };
      expect((await event()).status).to.equal(202);
      expect((await post({ "x-amz-invocation-type": "DryRun" })).status).to.equal(204);
      expect(called).to.equal(false);
    });
  });
});
