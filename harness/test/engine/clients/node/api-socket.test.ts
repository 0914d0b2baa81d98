import { env } from "node:process";
import { expect } from "chai";
import { interpreterOf } from "../../../../src/adapters/toolchains/interpreters.ts";
import type { ResponseSink } from "../../../../src/engine/fleet-contract.ts";
import { OFFERED_NODES } from "../../../../src/runtimes/node.ts";
import { payloadOf, testFleet, type TestFleet } from "../../support/test-fleet.ts";

const SOCKETS = [
  { environment: {}, loaded: [] },
  { environment: { NODE_OPTIONS: "--pending-deprecation" }, loaded: ["net", "stream"] },
  { environment: { NODE_OPTIONS: "--pending_deprecation" }, loaded: ["net", "stream"] },
  { environment: { NODE_PENDING_DEPRECATION: "1" }, loaded: ["net", "stream"] },
];

/** Larger than any buffer of a socket, so that it is written and read in many pieces. */
const LARGE = 5 * 1024 * 1024;

for (const runtime of OFFERED_NODES) {
  for (const { environment, loaded } of SOCKETS) {
    describe(`the client's connection to the Runtime API, ${runtime}, with the variables ${JSON.stringify(environment)}`, () => {
      let test: TestFleet;
      beforeEach(async () => {
        // The Node of the runtime's version, if it is installed.
        test = await testFleet({ interpreterOf: interpreterOf(env) });
      });
      afterEach(async () => {
        await test.close();
      });
      const add = (source: string): void => {
        test.add({ "index.js": source }, { runtime, environment });
      };

      it("loads net and streams only if Node would warn about the handles under them, so nothing is in the log", async () => {
        add(
          `exports.handler = async () => process.moduleLoadList.flatMap((name) => /^NativeModule (net|stream)$/.exec(name)?.[1] ?? []).sort();`,
        );
        expect(payloadOf(await test.invoke())).to.deep.equal(loaded);
        const messages = test.logs.messages().filter((text) => !/^(INIT_START|START|END|REPORT)/.test(text));
        expect(messages).to.deep.equal([]);
      });

      it("receives a large event and sends it back", async () => {
        add(`exports.handler = async (event) => event;`);
        const event = { text: "ä€😀".repeat(LARGE / 9) };
        expect(payloadOf(await test.invoke("probe", event))).to.deep.equal(event);
        expect(payloadOf(await test.invoke("probe", { n: 2 }))).to.deep.equal({ n: 2 });
      });

      it("streams a large response", async () => {
        add(
          `exports.handler = awslambda.streamifyResponse(async (event, stream) => { for (let n = 0; n < 80; n += 1) await new Promise((written) => stream.write(Buffer.alloc(${LARGE / 80}, n), written)); stream.end(); });`,
        );
        const sink = new RisingBytes();
        await test.invoke("probe", {}, { sink });
        expect([sink.bytes, sink.inOrder]).to.deep.equal([LARGE, true]);
      });
    });
  }
}

/** Counts the bytes of a response, each of which must not be smaller than the one before. */
class RisingBytes implements ResponseSink {
  bytes = 0;
  inOrder = true;
  private last = 0;

  async write(chunk: Buffer): Promise<void> {
    for (const byte of chunk) {
      if (byte < this.last) this.inOrder = false;
      this.last = byte;
    }
    this.bytes += chunk.length;
  }
}
