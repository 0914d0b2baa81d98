import { CreateFunctionCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { spawn } from "node:child_process";
import { platform } from "node:os";
import { execPath } from "node:process";
import { createInterface } from "node:readline";
import { bootstrapFile } from "../support/test-fleet.ts";
import { handlerZip } from "../support/test-engine.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const AT_ONCE = 40;

describe("an engine that may open 128 files", () => {
  const folder = temporaryFolder();

  it("refuses environments for which no descriptors are left as AWS throttles, says why, and serves on", async function () {
    if (platform() !== "linux") return this.skip();
    const child = new URL("../support/engine-child.ts", import.meta.url).pathname;
    const engine = spawn(
      "sh",
      [
        "-c",
        'ulimit -n 128 && exec "$@"',
        "sh",
        execPath,
        "--import",
        "tsx",
        child,
        folder.path(),
        bootstrapFile(),
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    const ended = new Promise((resolve) => engine.once("exit", resolve));
    const said: string[] = [];
    createInterface({ input: engine.stderr }).on("line", (line) => said.push(line));
    const endpoint = await new Promise<string>((resolve) => {
      createInterface({ input: engine.stdout }).once("line", resolve);
    });
    const client = new LambdaClient({
      endpoint,
      region: "eu-west-1",
      maxAttempts: 1,
      credentials: { accessKeyId: "x", secretAccessKey: "x" },
    });
    try {
      const zip = await handlerZip("await new Promise((resolve) => setTimeout(() => resolve(1), 1_000))");
      await client.send(
        new CreateFunctionCommand({
          FunctionName: "f",
          Role: "arn:aws:iam::123456789012:role/r",
          Runtime: "nodejs22.x",
          Handler: "index.handler",
          Timeout: 60,
          Code: { ZipFile: zip },
        }),
      );
      const invoke = async (): Promise<string> =>
        await client.send(new InvokeCommand({ FunctionName: "f" })).then(
          ({ FunctionError, Payload }) => FunctionError ?? Buffer.from(Payload ?? []).toString(),
          (error: unknown) => (error as Error).name,
        );
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => invoke()));
      expect(new Set(answers)).to.deep.equal(new Set(["1", "TooManyRequestsException"]));
      expect(await invoke()).to.equal("1");
      expect(
        said.filter((line) =>
          line.includes("no file descriptors are left for another execution environment"),
        ),
      ).to.have.lengthOf(1);
    } finally {
      client.destroy();
      engine.kill("SIGTERM");
      await ended;
    }
  });
});
