import { expect } from "chai";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { InvokeResult, ResponseSink } from "../../../../src/engine/fleet-contract.ts";
import { OFFERED_NODES } from "../../../../src/catalogue/runtimes/node.ts";
import { changeTimeout, payloadOf, testFleet, type TestFleet } from "../../support/test-fleet.ts";

class Chunks implements ResponseSink {
  readonly texts: string[] = [];
  onChunk: (text: string) => void = () => undefined;

  async write(chunk: Buffer): Promise<void> {
    this.texts.push(chunk.toString());
    this.onChunk(chunk.toString());
  }

  get text(): string {
    return this.texts.join("");
  }
}

const streaming = (body: string): string =>
  `export const handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} });`;

const errorOf = (result: InvokeResult): unknown => {
  const { errorType, errorMessage } = payloadOf(result) as { errorType: string; errorMessage: string };
  return [result.kind === "answered" ? result.functionError : null, errorType, errorMessage];
};

for (const runtime of OFFERED_NODES) {
  describe(`response streaming, ${runtime}`, () => {
    let test: TestFleet;
    let sink: Chunks;
    beforeEach(async () => {
      test = await testFleet();
      sink = new Chunks();
    });
    afterEach(async () => {
      await test.close();
    });
    const add = (body: string, more = ""): void => {
      test.add({ "index.mjs": more + streaming(body) }, { runtime, timeoutMs: 20_000 });
    };
    const invoke = (event: unknown = {}): Promise<InvokeResult> => test.invoke("probe", event, { sink });

    it("passes the first chunk to the caller while the function still writes", async () => {
      const go = join(test.folder, "go");
      add(
        `stream.write("first "); while (!(await import("node:fs")).existsSync(${JSON.stringify(go)})) await new Promise((r) => setTimeout(r, 5)); stream.end("second");`,
      );
      sink.onChunk = (text) => {
        if (text === "first ") writeFileSync(go, "");
      };
      const result = await invoke();
      expect([existsSync(go), sink.text]).to.deep.equal([true, "first second"]);
      expect(result.kind === "answered" && [result.payload.length, result.functionError]).to.deep.equal([
        0,
        null,
      ]);
    });

    it("sends one complete response to a caller that does not stream, and the environment serves the next invocation", async () => {
      add(`stream.write({ n: event.n }); stream.end();`);
      const one = await test.invoke("probe", { n: 1 });
      const two = await test.invoke("probe", { n: 2 });
      expect([payloadOf(one), payloadOf(two)]).to.deep.equal([{ n: 1 }, { n: 2 }]);
      expect(test.fleet.environments()).to.have.lengthOf(1);
    });

    it("ends the response with the error of a handler that fails in the middle, and logs it", async () => {
      add(`stream.write("half"); throw new RangeError("no more");`);
      expect(errorOf(await invoke())).to.deep.equal(["Unhandled", "RangeError", "no more"]);
      expect(sink.text).to.equal("half");
      expect(await test.logs.seen("Invoke Error")).to.match(
        /\tERROR\tInvoke Error \t\{"errorType":"RangeError"/,
      );
      expect(payloadOf(await test.invoke("probe", {}, { waitForPhaseEnd: true }))).to.have.property(
        "errorType",
      );
    });

    it("reports an uncaught exception as Runtime.ExitError if the response has begun", async () => {
      add(
        `stream.write("half"); setTimeout(() => { throw new TypeError("late"); }, 1); await new Promise(() => {});`,
      );
      expect((errorOf(await invoke()) as string[])[1]).to.equal("Runtime.ExitError");
    });

    it("reports a time-out or an exit of the process that cuts the response off", async () => {
      const snapshot = test.add(
        {
          "index.mjs": streaming(
            `stream.write("x"); if (event.exit) process.exit(0); await new Promise(() => setInterval(() => {}, 1000));`,
          ),
        },
        { runtime, timeoutMs: 1_000 },
      );
      expect((errorOf(await invoke()) as string[])[1]).to.equal("Sandbox.Timedout");
      changeTimeout(snapshot, 20_000);
      expect((errorOf(await invoke({ exit: true })) as string[])[1]).to.equal("Runtime.ExitError");
    });

    it("lets the invocation time out if the handler never ends the response", async () => {
      test.add(
        { "index.mjs": streaming('if (event.begun) stream.write("x");') },
        { runtime, timeoutMs: 1_000 },
      );
      for (const begun of [false, true])
        expect((errorOf(await invoke({ begun })) as string[])[1]).to.equal("Sandbox.Timedout");
    });

    it("counts an ended response as a success, whatever the handler does afterwards", async () => {
      add('stream.end("all"); throw new Error("after");');
      const result = await invoke();
      expect([sink.text, result.kind === "answered" && result.functionError]).to.deep.equal(["all", null]);
      expect(await test.logs.seen("Invoke Error")).to.match(/"errorMessage":"after"/);
    });

    it("requires a handler that returns a promise", async () => {
      const handler =
        "export const handler = awslambda.streamifyResponse((event, stream) => { stream.write('x'); });";
      test.add({ "index.mjs": handler }, { runtime });
      expect(errorOf(await invoke())).to.deep.equal([
        "Unhandled",
        "Error",
        "Streaming does not support non-async handlers.",
      ]);
    });

    it("sends the prelude of an HTTP response before the body", async () => {
      add(
        `const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201 }); http.write("body"); http.end();`,
      );
      await invoke();
      expect(sink.text).to.equal(`{"statusCode":201}${"\0".repeat(8)}body`);
    });

    it("sends every chunk in order to a caller that reads slowly", async () => {
      add(
        `const { pipeline } = await import("node:stream/promises"); const { Readable } = await import("node:stream");
         await pipeline(Readable.from((function* () { for (let n = 0; n < 300; n++) yield String(n).padStart(20000, " "); })()), stream);`,
      );
      let bytes = 0;
      const slow: ResponseSink = {
        write: async (chunk) => {
          bytes += chunk.length;
          await new Promise((resolve) => setImmediate(resolve));
        },
      };
      const result = await test.invoke("probe", {}, { sink: slow });
      expect([bytes, result.kind === "answered" && result.functionError]).to.deep.equal([6_000_000, null]);
    });

    it("refuses a response of more than 6 MiB and 100 bytes if the caller does not stream", async () => {
      add(`stream.end(Buffer.alloc(6 * 1024 * 1024 + 101, 32));`);
      expect(errorOf(await test.invoke())).to.deep.equal([
        "Unhandled",
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
      ]);
    });
  });
}

describe("an invalid response mode", () => {
  it("fails the invocation, and the runtime continues to serve", async () => {
    const test = await testFleet();
    test.add({
      "index.mjs": `export const handler = async ({ bad }, { awsRequestId }) => {
        if (!bad) return "good";
        const url = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/" + awsRequestId + "/response";
        const answer = await fetch(url, { method: "POST", headers: { "Lambda-Runtime-Function-Response-Mode": "other" }, body: "1" });
        console.log(answer.status, JSON.parse(await answer.text()).errorType);
      };`,
    });
    const result = await test.invoke("probe", { bad: true }, { waitForPhaseEnd: true });
    expect((errorOf(result) as string[])[1]).to.equal("Runtime.InvalidResponseModeHeader");
    expect(await test.logs.seen("InvalidFunctionResponseMode")).to.match(
      /\t400 InvalidFunctionResponseMode\n$/,
    );
    expect(payloadOf(await test.invoke())).to.equal("good");
    await test.close();
  });
});

describe("a streaming handler that keeps a socket open", () => {
  let test: TestFleet;
  afterEach(async () => {
    await test.close();
  });

  for (const [runtime, timeoutMs, outcome, status] of [
    ["nodejs22.x", 2_000, "times out", /Status: timeout/],
    ["nodejs24.x", 20_000, "succeeds", /Max Memory Used: \d+ MB\tInit Duration: [\d.]+ ms\t\n$/],
  ] as const) {
    it(`succeeds for its caller, and its Invoke phase ${outcome} on ${runtime}`, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as { port: number };
      test = await testFleet({ phaseEndWaitMs: 0 });
      test.add(
        {
          "index.mjs": `import net from "node:net"; net.connect(${port}, "127.0.0.1"); ${streaming('stream.end("x");')}`,
        },
        { runtime, timeoutMs },
      );
      const result = await test.invoke();
      expect(result.kind === "answered" && [result.payload.toString(), result.functionError]).to.deep.equal([
        "x",
        null,
      ]);
      expect(await test.logs.seen("REPORT RequestId")).to.match(status);
      server.close();
    });
  }
});
