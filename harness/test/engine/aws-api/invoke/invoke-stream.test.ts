import { CreateFunctionCommand, InvokeWithResponseStreamCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { type RealEngine, realEngine } from "../../support/real-engine.ts";
import { ROLE, zipOf } from "../../support/test-engine.ts";

const HANDLERS = `
exports.streams = awslambda.streamifyResponse(async ({ fail, hang }, stream) => {
  stream.write("one ");
  await new Promise((resolve) => setTimeout(resolve, 20));
  stream.write("two");
  if (fail) throw new RangeError("in the middle");
  if (hang) await new Promise(() => setInterval(() => {}, 1000));
  stream.end();
});
exports.whole = async ({ fail }) => { if (fail) throw new RangeError("at the end"); return { whole: true }; };`;

interface Streamed {
  /** The content of all chunks as one text, because two chunks that are written one directly after the other may arrive as one. */
  readonly text: string;
  readonly complete: {
    readonly ErrorCode?: string | undefined;
    readonly ErrorDetails?: string | undefined;
    readonly LogResult?: string | undefined;
  };
  readonly contentType: string | undefined;
  readonly version: string | undefined;
}

describe("InvokeWithResponseStream", () => {
  let real: RealEngine;
  let lambda: LambdaClient;
  before(async () => {
    real = await realEngine();
    lambda = new LambdaClient({
      endpoint: real.engine.endpoint,
      region: "eu-central-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      maxAttempts: 1,
    });
    for (const [name, handler, Timeout] of [
      ["streams", "streams", 60],
      ["hangs", "streams", 2],
      ["whole", "whole", 60],
    ] as const) {
      await lambda.send(
        new CreateFunctionCommand({
          FunctionName: name,
          Role: ROLE,
          Runtime: "nodejs22.x",
          Handler: `index.${handler}`,
          Timeout,
          Code: { ZipFile: await zipOf([{ path: "index.js", content: HANDLERS }]) },
        }),
      );
    }
  });
  after(async () => {
    lambda.destroy();
    await real.close();
  });

  async function stream(FunctionName: string, event: object, more: object = {}): Promise<Streamed> {
    const answer = await lambda.send(
      new InvokeWithResponseStreamCommand({
        FunctionName,
        Payload: Buffer.from(JSON.stringify(event)),
        ...more,
      }),
    );
    const chunks: string[] = [];
    let complete: Streamed["complete"] = {};
    for await (const one of answer.EventStream ?? []) {
      if (one.PayloadChunk !== undefined) chunks.push(Buffer.from(one.PayloadChunk.Payload ?? []).toString());
      if (one.InvokeComplete !== undefined) complete = one.InvokeComplete;
    }
    return {
      text: chunks.join(""),
      complete,
      contentType: answer.ResponseStreamContentType,
      version: answer.ExecutedVersion,
    };
  }

  it("sends the chunks of a streamed response in order, then InvokeComplete", async () => {
    expect(await stream("streams", {})).to.deep.equal({
      text: "one two",
      complete: {},
      contentType: "application/vnd.amazon.eventstream",
      version: "$LATEST",
    });
  });

  it("sends a response that is not streamed, and the tail of the log that the caller requested", async () => {
    const { text, complete } = await stream("whole", {}, { LogType: "Tail" });
    expect(text).to.equal('{"whole":true}');
    expect(Buffer.from(complete.LogResult ?? "", "base64").toString()).to.match(
      /^START RequestId: .*\nEND .*\nREPORT /s,
    );
  });

  for (const [title, name, event, text, errorType] of [
    ["an error in the middle of a stream", "streams", { fail: true }, "one two", "RangeError"],
    ["a time-out in the middle of a stream", "hangs", { hang: true }, "one two", "Sandbox.Timedout"],
    ["an error of a function that does not stream", "whole", { fail: true }, "", "RangeError"],
  ] as const) {
    it(`reports ${title} in InvokeComplete`, async () => {
      const answer = await stream(name, event);
      expect(answer.text).to.equal(text);
      expect(answer.complete.ErrorCode).to.equal("Unhandled");
      expect(JSON.parse(answer.complete.ErrorDetails ?? "")).to.have.property("errorType", errorType);
    });
  }

  it("lets the function finish when its caller disconnects during the response", async () => {
    const controller = new AbortController();
    const answer = await lambda.send(
      new InvokeWithResponseStreamCommand({ FunctionName: "streams", Payload: Buffer.from("{}") }),
      { abortSignal: controller.signal },
    );
    for await (const one of answer.EventStream ?? []) {
      if (one.PayloadChunk !== undefined) break;
    }
    controller.abort();
    expect((await stream("streams", {})).text).to.equal("one two");
    expect(real.problems).to.deep.equal([]);
  });
});
