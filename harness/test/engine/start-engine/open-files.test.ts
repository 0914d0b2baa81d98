import { CreateFunctionCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { platform } from "node:os";
import { execPath } from "node:process";
import { createInterface } from "node:readline";
import { bootstrapFile } from "../support/test-fleet.ts";
import { handlerZip } from "../support/test-engine.ts";
import { rawRequest } from "../support/raw-request.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const AT_ONCE = 40;

describe("an engine that may open 128 files", () => {
  const folder = temporaryFolder();

  it("refuses environments for which no descriptors are left as AWS throttles, says why, and serves on", async function () {
    if (platform() !== "linux") return this.skip();
    const { endpoint, said, end } = await startLimited(128, folder.path());
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
      await end();
    }
  });
});

describe("an engine that may open 256 files", () => {
  const folder = temporaryFolder();

  it("serves a client while others open silent connections, more than it has descriptors", async function () {
    if (platform() !== "linux") return this.skip();
    const { endpoint, end } = await startLimited(256, folder.path());
    const { hostname, port } = new URL(endpoint);
    const silent: Socket[] = [];
    try {
      for (let count = 0; count < 300; count += 1) {
        const socket = connect(Number(port), hostname).on("error", () => undefined);
        silent.push(socket);
        await once(socket, "connect");
      }
      const { status } = await rawRequest(endpoint, { path: "/2015-03-31/functions" });
      expect(status).to.equal(200);
    } finally {
      for (const socket of silent) socket.destroy();
      await end();
    }
  });
});

interface LimitedEngine {
  readonly endpoint: string;
  readonly said: readonly string[];
  readonly end: () => Promise<void>;
}

async function startLimited(files: number, dataFolder: string): Promise<LimitedEngine> {
  const child = new URL("../support/engine-child.ts", import.meta.url).pathname;
  const program = [execPath, "--import", "tsx", child, dataFolder, bootstrapFile()];
  const engine = spawn("sh", ["-c", `ulimit -n ${files} && exec "$@"`, "sh", ...program], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(engine, "exit");
  const said: string[] = [];
  createInterface({ input: engine.stderr }).on("line", (line) => said.push(line));
  const endpoint = await new Promise<string>((resolve) => {
    createInterface({ input: engine.stdout }).once("line", resolve);
  });
  const end = async (): Promise<void> => {
    engine.kill("SIGTERM");
    await ended;
  };
  return { endpoint, said, end };
}
