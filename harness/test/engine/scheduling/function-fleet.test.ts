import { EventEmitter, once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { execPath } from "node:process";
import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilteredLogEvent,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  InvokeCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { ZipFile } from "yazl";
import type { InvokeResult } from "../../../src/engine/fleet-contract.ts";
import { CUSTOM } from "../support/custom-runtime.ts";
import { realEngine } from "../support/real-engine.ts";
import { ROLE } from "../support/test-engine.ts";
import { invokeRequest, testFleet, type TestFleet } from "../support/test-fleet.ts";

/** A runtime that, after each answer, connects to the gate and asks for its next event only when the gate closes the connection. */
const RUNTIME = `#!${execPath}
const net = require("node:net");
const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/";
(async () => {
  for (;;) {
    const next = await fetch(api + "next");
    await next.text();
    const id = next.headers.get("lambda-runtime-aws-request-id");
    await (await fetch(api + id + "/response", { method: "POST", body: '"done"' })).text();
    await new Promise((resolve) => net.connect(Number(process.env.GATE), "127.0.0.1").resume().once("close", resolve));
  }
})();
`;

class Gate {
  readonly server: Server = createServer();
  readonly #arrived: Socket[] = [];
  readonly #waiting: ((socket: Socket) => void)[] = [];

  async open(): Promise<string> {
    this.server.on("connection", (socket: Socket) => {
      const wake = this.#waiting.shift();
      if (wake === undefined) this.#arrived.push(socket);
      else wake(socket);
    });
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return String((this.server.address() as AddressInfo).port);
  }

  /** Resolves when a runtime has answered and waits at the gate, with the function that lets it go on. */
  async waits(): Promise<() => void> {
    const socket =
      this.#arrived.shift() ?? (await new Promise<Socket>((resolve) => this.#waiting.push(resolve)));
    return () => void socket.end();
  }

  close(): void {
    this.server.close();
  }
}

describe("a caller that has its answer before the Invoke phase has ended", () => {
  const gate = new Gate();
  let port: string;
  before(async () => {
    port = await gate.open();
  });
  after(() => gate.close());

  describe("in the fleet", () => {
    let test: TestFleet;
    afterEach(() => test.close());

    /** Begins the first invocation. Resolves when the caller has its answer. */
    async function answered(phaseEndWaitMs: number): Promise<{ readonly result: Promise<InvokeResult> }> {
      test = await testFleet({ phaseEndWaitMs });
      test.add({ bootstrap: RUNTIME }, { ...CUSTOM, environment: { GATE: port } });
      test.fleet.setReservedConcurrency("probe", 1);
      const events = new EventEmitter();
      const onResult = (): void => void events.emit("answer");
      const answer = once(events, "answer");
      const result = test.fleet.invoke("probe", "$LATEST", invokeRequest({}, { onResult }));
      await answer;
      return { result };
    }

    it("finds the environment idle in its next invocation", async () => {
      const first = answered(600_000);
      const goOn = await gate.waits();
      const { result } = await first;
      let ended = false;
      void result.then(() => (ended = true));
      const second = test.fleet.invoke("probe", "$LATEST", invokeRequest({}));
      const settled = test.fleet.settled();
      expect([ended, test.fleet.environments().map(({ state }) => state)]).to.deep.equal([
        false,
        ["invoking"],
      ]);
      goOn();
      await settled;
      expect(ended).to.equal(true);
      (await gate.waits())();
      expect((await second).kind).to.equal("answered");
      expect(test.fleet.environments()).to.have.length(1);
      expect(test.logs.messages().map((message) => /^[A-Z_]+/.exec(message)?.[0])).to.deep.equal([
        "INIT_START",
        "START",
        "END",
        "REPORT",
        "START",
        "END",
        "REPORT",
      ]);
    });

    it("is throttled if the runtime is later than the engine waits", async () => {
      const first = answered(0);
      const goOn = await gate.waits();
      const { result } = await first;
      expect((await result).kind).to.equal("answered");
      await test.fleet.settled();
      expect(await test.fleet.invoke("probe", "$LATEST", invokeRequest({}))).to.deep.equal({
        kind: "throttled",
        reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
      });
      goOn();
    });
  });

  describe("over HTTP", () => {
    it("reads complete logs, and can delete the function, whose environment then ends in order", async () => {
      const on = await realEngine({ fleet: { phaseEndWaitMs: 600_000 } });
      const options = {
        endpoint: on.engine.endpoint,
        region: "eu-central-1",
        credentials: { accessKeyId: "a", secretAccessKey: "b" },
        maxAttempts: 1,
      };
      const lambda = new LambdaClient(options);
      const logs = new CloudWatchLogsClient(options);
      try {
        await lambda.send(
          new CreateFunctionCommand({
            FunctionName: "late",
            Role: ROLE,
            Runtime: CUSTOM.runtime,
            Handler: CUSTOM.handler,
            Code: { ZipFile: await zipped() },
            Environment: { Variables: { GATE: port } },
          }),
        );
        await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 60 }, { FunctionName: "late" });
        const read = async (): Promise<readonly FilteredLogEvent[]> =>
          (await logs.send(new FilterLogEventsCommand({ logGroupName: "/aws/lambda/late" }))).events ?? [];
        const answer = await lambda.send(new InvokeCommand({ FunctionName: "late" }));
        expect(Buffer.from(answer.Payload ?? []).toString()).to.equal('"done"');
        const goOn = await gate.waits();
        const reading = read();
        const deleting = lambda.send(new DeleteFunctionCommand({ FunctionName: "late" }));
        goOn();
        await deleting;
        expect((await reading).map(({ message }) => /^[A-Z_]+/.exec(message ?? "")?.[0])).to.deep.equal([
          "INIT_START",
          "START",
          "END",
          "REPORT",
        ]);
      } finally {
        lambda.destroy();
        logs.destroy();
        await on.close();
      }
    });
  });
});

async function zipped(): Promise<Uint8Array> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(RUNTIME), "bootstrap", { mode: 0o100755 });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
