/** The engine on a disk that a function fills: a real one, a tmpfs in a user namespace. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { createFunction } from "../../bench/create-function.ts";
import { requireTool } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { COMMAND } from "./built-command.ts";

const SMALL_DISK = 'mount -t tmpfs -o size=16m longrun-test "$0" && exec "$@"';
const HANDLER = `const fs = require("node:fs"), { join } = require("node:path"), { tmpdir } = require("node:os");
exports.handler = async ({ disk, lines }) => {
  const file = join(tmpdir(), "big");
  if (disk === "free") fs.rmSync(file);
  if (disk === "fill") {
    const to = fs.openSync(file, "w");
    try {
      for (;;) fs.writeSync(to, Buffer.alloc(4096));
    } catch {}
    fs.closeSync(to);
  }
  for (let n = 0; n < lines; n += 1) console.log("line " + n + " ".repeat(200));
};`;

describe("on a full disk", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  let engine: ChildProcess | null = null;
  afterEach(async () => {
    if (engine === null) return;
    const ended = once(engine, "exit");
    engine.kill();
    await ended;
  });

  it("the engine refuses events from callers with 503 and a new function with 500, keeps those that it acknowledged, and loses no line of a function", async function () {
    const namespace = ["-rm", "sh", "-c", SMALL_DISK, folder.path()];
    await requireTool(this, ["unshare", ...namespace, "true"]);
    engine = spawn(
      "unshare",
      [
        ...namespace,
        process.execPath,
        COMMAND,
        "serve",
        "--json",
        "--port",
        "0",
        "--isolation",
        "none",
        "--parked",
        "0",
      ],
      { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, TMPDIR: folder.path() } },
    );
    if (engine.stdout === null) throw new Error("standard output is a pipe");
    const [line] = (await once(createInterface(engine.stdout), "line")) as [string];
    const { endpoint } = JSON.parse(line) as { endpoint: string };
    const config = {
      endpoint,
      region: "eu-central-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    };
    const lambda = new LambdaClient(config);
    const logs = new CloudWatchLogsClient(config);
    const place = { logGroupName: "g", logStreamName: "s" };
    const put = async (letter: string) => {
      const event = { timestamp: Date.now(), message: letter.repeat(10_000) };
      await logs.send(new PutLogEventsCommand({ ...place, logEvents: [event] }));
    };
    const refusal = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => null,
        ({ name, $metadata }: { name: string; $metadata: { httpStatusCode: number } }) => [
          name,
          $metadata.httpStatusCode,
        ],
      );
    const invoke = async (payload: object): Promise<unknown> => {
      const answer = await lambda.send(
        new InvokeCommand({ FunctionName: "f", Payload: JSON.stringify(payload) }),
      );
      return answer.FunctionError ?? null;
    };
    await createFunction(lambda, "f", HANDLER);
    await logs.send(new CreateLogGroupCommand({ logGroupName: "g" }));
    await logs.send(new CreateLogStreamCommand(place));
    await put("a");
    // The lines have more bytes than are left in the last block of the log's file, and fewer than a process can write without waiting.
    expect(await invoke({ disk: "fill", lines: 100 })).to.equal(null);
    expect(await refusal(put("b"))).to.deep.equal(["ServiceUnavailableException", 503]);
    expect(await refusal(put("c"))).to.deep.equal(["ServiceUnavailableException", 503]);
    expect(await refusal(createFunction(lambda, "g", HANDLER))).to.deep.equal(["ServiceException", 500]);
    expect(await invoke({ disk: "free", lines: 1 })).to.equal(null);
    await put("d");
    const { events = [] } = await logs.send(new GetLogEventsCommand({ ...place, startFromHead: true }));
    expect(events.map(({ message }) => message?.charAt(0))).to.deep.equal(["a", "d"]);
    const written = async (): Promise<readonly string[]> => {
      const group = { logGroupName: "/aws/lambda/f" };
      const found = await logs.send(new FilterLogEventsCommand(group));
      return (found.events ?? []).map(({ message = "" }) => message);
    };
    let messages: readonly string[] = [];
    while (messages.filter((message) => message.includes("platform.report")).length < 2)
      messages = await written();
    const lines = messages.flatMap((message) => /line (\d+) /.exec(message)?.[1] ?? []);
    expect(lines).to.deep.equal([...Array.from({ length: 100 }, (_, n) => String(n)), "0"]);
    lambda.destroy();
    logs.destroy();
  });
});
