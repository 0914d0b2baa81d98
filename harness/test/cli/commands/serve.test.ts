/** What `longrun serve` shows in a terminal. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { designPackageFile } from "../../../src/adapters/node/assets.ts";
import { main } from "../../../src/cli/main.ts";
import { memoryMachine, type MemoryOptions } from "../memory-machine.ts";

describe("longrun serve", function () {
  this.timeout(60_000);

  /** Invokes a function once that cannot reach its peer. */
  async function served(flags: readonly string[], options: MemoryOptions): Promise<string> {
    const machine = memoryMachine(["serve", "--port", "0", ...flags], options);
    const ended = main(machine);
    const [, endpoint = ""] = / at (\S+) /.exec(await machine.outMatches(/ at \S+ /)) ?? [];
    const client = new LambdaClient({
      region: "us-east-1",
      endpoint,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    await client.send(
      new CreateFunctionCommand({
        FunctionName: "orders",
        Role: "arn:aws:iam::123456789012:role/lambda",
        Runtime: "nodejs22.x",
        Handler: "handler.handler",
        Code: { ZipFile: readFileSync(designPackageFile("handler-connect")) },
        Environment: { Variables: { PEER_HOST: "127.0.0.1", PEER_PORT: "1" } },
      }),
    );
    await client.send(new InvokeCommand({ FunctionName: "orders" }));
    client.destroy();
    machine.send("SIGTERM");
    expect(await ended).to.equal(0);
    return machine.err().replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "ID");
  }

  it("shows the lines of the functions' logs as they come, and how the AWS CLI uses it", async () => {
    const said = await served([], { isTerminal: true });
    expect(said).to.match(/^ {2}export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+$/m);
    expect(said).to.match(/^ {2}export AWS_ACCESS_KEY_ID=longrun AWS_SECRET_ACCESS_KEY=longrun$/m);
    const lines = [
      ...said

        .replaceAll(/\u001b\[[\d;]*m/g, "")
        .matchAll(/^\d\d:\d\d:\d\d\.\d{3} orders …[0-9a-f]{8} {2}(INIT_START|START|END|REPORT) /gm),
    ].map(([, word]) => word);
    expect(lines).to.deep.equal(["INIT_START", "START", "END", "REPORT"]);
    expect(said).to.match(/\u001b\[2mSTART RequestId: ID/);
    expect(said).to.match(/\u001b\[1;31m\S+\tID\tERROR\t/);
  });

  it("shows nothing with --quiet, and nothing if standard error is no terminal", async () => {
    expect(await served(["--quiet"], { isTerminal: true })).to.not.match(/export|START/);
    expect(await served([], { isTerminal: false })).to.not.match(/export|START/);
  });
});
