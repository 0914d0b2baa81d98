import { expect } from "chai";
import { env, execPath } from "node:process";
import { dirname } from "node:path";
import { runClientCase } from "../../../conformance/runtime-client/client-run.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { interpreterOf } from "../../../../src/adapters/toolchains/interpreters.ts";
import type { ResponseSink } from "../../../../src/engine/fleet-contract.ts";
import { OFFERED_NODES } from "../../../../src/catalogue/runtimes/node.ts";
import { CUSTOM } from "../../support/custom-runtime.ts";
import { bootstrapFile, payloadOf, testFleet, type TestFleet } from "../../support/test-fleet.ts";

/**
 * A custom runtime that answers each event with the number of requests that the runtime has made. Its header `longrun-then-next` asks for
 * the next event in the same request as the answer, so that no separate request is needed.
 */
const ASKS_ONCE = `#!${execPath}
const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/";
(async () => {
  let requests = 1;
  let next = await fetch(api + "next");
  for (;;) {
    const { fail } = await next.json();
    const url = api + next.headers.get("lambda-runtime-aws-request-id") + (fail ? "/error" : "/response");
    requests += 1;
    next = await fetch(url, { method: "POST", headers: { "longrun-then-next": "1" }, body: JSON.stringify({ requests }) });
  }
})();
`;

describe("an answer that asks for the next event", () => {
  const folder = temporaryFolder();

  it("is followed by a separate request for the next event if the Runtime API only confirms the answer", async () => {
    const { asked } = await runClientCase({
      client: { folder: dirname(bootstrapFile()), file: "bootstrap.cjs" },
      nodeFile: execPath,
      runtime: "nodejs22.x",
      folder: folder.path(),
      tried: {
        title: "an answer, then an error",
        files: {
          "index.mjs": "export const handler = async ({ n }) => { if (n === 2) throw new Error('no'); };",
        },
        events: [{ event: { n: 1 } }, { event: { n: 2 } }],
      },
    });
    const call = ({ call: text }: { readonly call: string }): string => text.replace(/[0-9a-f-]{36}/, "ID");
    expect(asked.map(call)).to.deep.equal([
      "GET /invocation/next",
      "POST /invocation/ID/response",
      "GET /invocation/next",
      "POST /invocation/ID/error",
      "GET /invocation/next",
    ]);
  });

  it("is confirmed with the next event, and so is an error that asks for the next event", async () => {
    const test = await testFleet();
    test.add({ bootstrap: ASKS_ONCE }, CUSTOM);
    const answers = [];
    for (const fail of [false, true, false]) answers.push(payloadOf(await test.invoke("probe", { fail })));
    expect(answers).to.deep.equal([{ requests: 2 }, { requests: 3 }, { requests: 4 }]);
    expect(test.fleet.environments()).to.have.lengthOf(1);
    await test.close();
  });
});

/** Larger than any buffer of a socket, so that it is written and read in many pieces. */
const LARGE = 5 * 1024 * 1024;

for (const runtime of OFFERED_NODES)
  describe(`the client's connection to the Runtime API, ${runtime}`, () => {
    let test: TestFleet;
    beforeEach(async () => {
      // The Node of the runtime's version, if it is installed.
      test = await testFleet({ interpreterOf: interpreterOf(env) });
    });
    afterEach(async () => {
      await test.close();
    });

    it("leaves the log empty, also if Node is to warn about interfaces that are not documented", async () => {
      test.add(
        { "index.js": "exports.handler = async () => null;" },
        { runtime, environment: { NODE_OPTIONS: "--pending-deprecation" } },
      );
      await test.invoke();
      const messages = test.logs.messages().filter((text) => !/^(INIT_START|START|END|REPORT)/.test(text));
      expect(messages).to.deep.equal([]);
    });

    it("receives a large event and sends it back", async () => {
      test.add({ "index.js": "exports.handler = async (event) => event;" }, { runtime });
      const event = { text: "ä€😀".repeat(LARGE / 9) };
      expect(payloadOf(await test.invoke("probe", event))).to.deep.equal(event);
      expect(payloadOf(await test.invoke("probe", { n: 2 }))).to.deep.equal({ n: 2 });
    });

    it("streams a large response", async () => {
      test.add(
        {
          "index.js": `exports.handler = awslambda.streamifyResponse(async (event, stream) => { for (let n = 0; n < 80; n += 1) await new Promise((written) => stream.write(Buffer.alloc(${LARGE / 80}, n), written)); stream.end(); });`,
        },
        { runtime },
      );
      const sink = new RisingBytes();
      await test.invoke("probe", {}, { sink });
      expect([sink.bytes, sink.inOrder]).to.deep.equal([LARGE, true]);
    });
  });

/** Counts the bytes of a response, each of which must not be smaller than the one before. */
class RisingBytes implements ResponseSink {
  bytes = 0;
  inOrder = true;
  #last = 0;

  async write(chunk: Buffer): Promise<void> {
    for (const byte of chunk) {
      if (byte < this.#last) this.inOrder = false;
      this.#last = byte;
    }
    this.bytes += chunk.length;
  }
}
