import {
  DeleteFunctionCommand,
  InvokeCommand,
  PutFunctionEventInvokeConfigCommand,
  PutFunctionRecursionConfigCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { setImmediate } from "node:timers/promises";
import { answered } from "../support/fake-fleet.ts";
import { ARN } from "../support/refused.ts";
import { type TestEngine, activeFunction, handlerZip, testEngine } from "../support/test-engine.ts";

const arnOf = (name: string): string => ARN.replace(/:f$/, `:${name}`);

describe("engine: destinations of asynchronous invocations", () => {
  let on: TestEngine;
  beforeEach(async () => {
    on = await testEngine({ events: { timeScale: 0.000_01 } });
    const zip = await handlerZip();
    await activeFunction(on, "f", zip);
    await activeFunction(on, "good", zip);
    await activeFunction(on, "bad", zip);
  });
  afterEach(() => on.close());

  const config = (name: string, OnSuccess: string, OnFailure: string): Promise<unknown> =>
    on.lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: name,
        DestinationConfig: {
          OnSuccess: { Destination: arnOf(OnSuccess) },
          OnFailure: { Destination: arnOf(OnFailure) },
        },
      }),
    );
  const send = (): Promise<unknown> =>
    on.lambda.send(
      new InvokeCommand({ FunctionName: "f", InvocationType: "Event", Payload: Buffer.from('{"n":1}') }),
    );

  /** Sends an event, and resolves with what a destination received and the id of the event. */
  async function received(fails: boolean): Promise<{ name: string; record: unknown; requestId: string }> {
    let requestId = "";
    return await new Promise((resolve) => {
      on.fleet.answering = (name, _version, request) => {
        if (name !== "f") {
          const record = JSON.parse(request.payload.toString("utf8")) as { timestamp: string };
          resolve({ name, record: { ...record, timestamp: typeof record.timestamp }, requestId });
          return answered(null);
        }
        requestId = request.requestId;
        return fails
          ? answered({ errorMessage: "no" }, { functionError: "Unhandled" })
          : answered({ hello: "world" });
      };
      void send();
    });
  }

  it("get the record of a success", async () => {
    await config("f", "good", "bad");
    const { name, record, requestId } = await received(false);
    expect(name).to.equal("good");
    expect(record).to.deep.equal({
      version: "1.0",
      timestamp: "string",
      requestContext: {
        requestId,
        functionArn: `${ARN}:$LATEST`,
        condition: "Success",
        approximateInvokeCount: 1,
      },
      requestPayload: { n: 1 },
      responseContext: { statusCode: 200, executedVersion: "$LATEST" },
      responsePayload: { hello: "world" },
    });
  });

  it("get the record of a failure when the last attempt has failed", async () => {
    await config("f", "good", "bad");
    const { name, record, requestId } = await received(true);
    expect(name).to.equal("bad");
    expect(record).to.deep.equal({
      version: "1.0",
      timestamp: "string",
      requestContext: {
        requestId,
        functionArn: `${ARN}:$LATEST`,
        condition: "RetriesExhausted",
        approximateInvokeCount: 3,
      },
      requestPayload: { n: 1 },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      responsePayload: { errorMessage: "no" },
    });
  });

  it("cannot be invoked after they were deleted, which the engine reports", async () => {
    await config("f", "good", "bad");
    await on.lambda.send(new DeleteFunctionCommand({ FunctionName: "good" }));
    const problem = new Promise<string>((resolve) => {
      on.problems.push = (text) => {
        resolve(text);
        return 1;
      };
    });
    await send();
    expect(await problem).to.match(/ of f was not sent to its destination: Function not found: /);
  });

  it("are no longer invoked after 16 rounds of a loop, unless the functions allow loops", async () => {
    await config("f", "good", "bad");
    await config("good", "f", "bad");
    const counts = { f: 0, good: 0 };
    let enough = (): void => undefined;
    on.fleet.answering = async (name) => {
      await setImmediate();
      if (name === "f" || name === "good") counts[name] += 1;
      if (counts.f === 40) enough();
      return answered(null);
    };
    const problem = new Promise<string>((resolve) => {
      on.problems.push = (text) => {
        resolve(text);
        return 1;
      };
    });
    await send();
    expect(await problem).to.match(/ of good was not sent to its destination: f is in a loop$/);
    expect(counts).to.deep.equal({ f: 16, good: 16 });
    for (const FunctionName of ["f", "good"])
      await on.lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop: "Allow" }));
    counts.f = 0;
    const forty = new Promise<void>((resolve) => {
      enough = resolve;
    });
    await send();
    await forty;
  });
});
