import {
  CreateAliasCommand,
  GetAliasCommand,
  GetFunctionCommand,
  InvokeCommand,
  ListFunctionsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LongrunError } from "../../../src/base/errors.ts";
import { openDataFolder } from "../../../src/engine/start/data-folder.ts";
import { rawRequest } from "../support/raw-request.ts";
import { type TestEngine, activeFunction, handlerZip, testEngine } from "../support/test-engine.ts";
import { propertyRuns } from "../../support/test-all.ts";

/** The lock of an engine that was killed. */
const DEAD = '{"processId":999999999,"start":"1","nonce":"x"}';

async function failure(promise: Promise<unknown>): Promise<LongrunError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LongrunError)) throw new Error(`no LongrunError: ${String(error)}`);
  return error;
}

describe("engine: the life of an engine", () => {
  let folder: string;
  const engines: TestEngine[] = [];
  const start = async (settings: Parameters<typeof testEngine>[0] = {}): Promise<TestEngine> => {
    const on = await testEngine({ dataFolder: folder, ...settings });
    engines.push(on);
    return on;
  };
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "longrun-life-")), "data");
  });
  afterEach(async () => {
    for (const on of engines.splice(0)) await on.close();
    await rm(join(folder, ".."), { recursive: true });
  });

  it("restores its functions, versions, aliases, reservations and logs after a restart", async () => {
    const first = await start();
    const zip = await handlerZip();
    await activeFunction(first, "f", zip, { Tags: { a: "1" } });
    await activeFunction(first, "F", await handlerZip("2"));
    await first.lambda.send(new PublishVersionCommand({ FunctionName: "f" }));
    await first.lambda.send(
      new CreateAliasCommand({ FunctionName: "f", Name: "live", FunctionVersion: "1" }),
    );
    await first.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: "f", ReservedConcurrentExecutions: 1 }),
    );
    first.logs.createStream("/aws/lambda/f", "s", 1);
    first.logs.write("/aws/lambda/f", "s", 1, "kept");
    const { Configuration: before } = await first.lambda.send(new GetFunctionCommand({ FunctionName: "f" }));
    await first.close();
    const second = await start();
    const found = await second.lambda.send(new GetFunctionCommand({ FunctionName: "f" }));
    expect(found.Configuration).to.deep.equal(before);
    expect([found.Tags, found.Concurrency]).to.deep.equal([{ a: "1" }, { ReservedConcurrentExecutions: 1 }]);
    expect(Buffer.from(await (await fetch(found.Code?.Location ?? "")).arrayBuffer()).equals(zip)).to.equal(
      true,
    );
    expect(
      (await second.lambda.send(new GetAliasCommand({ FunctionName: "f", Name: "live" }))).FunctionVersion,
    ).to.equal("1");
    expect(
      (await second.lambda.send(new ListFunctionsCommand({}))).Functions?.map(
        ({ FunctionName }) => FunctionName,
      ),
    ).to.deep.equal(["F", "f"]);
    expect(second.fleet.snapshots.map(({ functionName, version }) => [functionName, version])).to.deep.equal([
      ["F", "$LATEST"],
      ["f", "$LATEST"],
      ["f", "1"],
    ]);
    expect(second.fleet.reserved.get("f")).to.equal(1);
    const { events } = await second.cloudWatchLogs.send(
      new FilterLogEventsCommand({ logGroupName: "/aws/lambda/f" }),
    );
    expect(events?.map(({ message }) => message)).to.deep.equal(["kept"]);
    expect(second.problems).to.deep.equal([]);
  });

  it("treats a change as complete if it was in progress when the engine ended", async () => {
    const first = await start({ stateDelays: { createMs: 3_600_000, updateMs: 3_600_000 } });
    const zip = await handlerZip();
    await activeFunction(first, "f", zip, {}, { wait: false });
    await first.close();
    const second = await start();
    const { Configuration } = await second.lambda.send(new GetFunctionCommand({ FunctionName: "f" }));
    expect([Configuration?.State, Configuration?.LastUpdateStatus]).to.deep.equal(["Active", "Successful"]);
  });

  it("reports a broken function file and starts with the other functions", async () => {
    const first = await start();
    await activeFunction(first, "good", await handlerZip());
    await activeFunction(first, "bad", await handlerZip("2"));
    await first.close();
    const functions = join(folder, "functions");
    const bad = readdirSync(functions).find((name) => name.startsWith("bad."));
    writeFileSync(join(functions, bad ?? ""), '{"schemaVersion":1');
    writeFileSync(join(functions, "half.unfinished"), "{");
    const second = await start();
    expect(
      (await second.lambda.send(new ListFunctionsCommand({}))).Functions?.map(
        ({ FunctionName }) => FunctionName,
      ),
    ).to.deep.equal(["good"]);
    expect(second.problems.length).to.equal(1);
    expect(second.problems[0]).to.contain("is not a function that this version can read and was left alone");
    expect(readdirSync(functions).some((name) => name.endsWith(".unfinished"))).to.equal(false);
  });

  it("leaves out a function whose package is missing", async () => {
    const first = await start();
    await activeFunction(first, "f", await handlerZip());
    await first.close();
    await rm(join(folder, "code"), { recursive: true });
    const second = await start();
    expect(second.problems[0]).to.contain("the package of version $LATEST cannot be used");
    await activeFunction(second, "f", await handlerZip());
    expect(
      (await second.lambda.send(new InvokeCommand({ FunctionName: "f", Payload: "1" }))).StatusCode,
    ).to.equal(200);
  });

  it("refuses a data folder as long as another engine uses it", async () => {
    const first = await start();
    const error = await failure(testEngine({ dataFolder: folder }));
    expect([error.code, error.message]).to.deep.equal([
      "unavailable",
      `The data folder ${folder} is in use by another engine, process ${process.pid}.`,
    ]);
    await first.close();
    await start();
  });

  for (const [title, text] of [
    ["a killed engine", DEAD],
    [
      "an engine whose process id now belongs to another process",
      `{"processId":${process.pid},"start":"another time","nonce":"x"}`,
    ],
    ["an unknown owner", "garbage"],
  ] as const) {
    it(`takes over the lock of ${title}`, async () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "engine.lock"), text);
      await start();
      expect(readdirSync(folder).filter((name) => name.startsWith("engine.lock"))).to.deep.equal([
        "engine.lock",
      ]);
    });
  }

  it("gives the folder of a dead engine to only one of several engines that ask for it", async () => {
    for (let round = 0; round < propertyRuns(30); round += 1) {
      const own = join(folder, String(round));
      mkdirSync(own, { recursive: true });
      writeFileSync(join(own, "engine.lock"), DEAD);
      const results = await Promise.allSettled(Array.from({ length: 60 }, () => openDataFolder(own)));
      expect(results.filter(({ status }) => status === "fulfilled").length).to.equal(1);
      expect(readdirSync(own)).to.deep.equal(["engine.lock"]);
    }
  });

  it("takes over a lock although an engine was killed during an earlier takeover", async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "engine.lock"), DEAD);
    const name = createHash("sha256").update(DEAD).digest("hex").slice(0, 16);
    writeFileSync(join(folder, `engine.lock.${name}`), DEAD);
    await start();
    expect(readdirSync(folder).filter((file) => file.startsWith("engine.lock"))).to.deep.equal([
      "engine.lock",
    ]);
  });

  it("reports a lock that cannot be read", async () => {
    mkdirSync(join(folder, "engine.lock"), { recursive: true });
    const { code, message } = await failure(testEngine({ dataFolder: folder }));
    expect(code).to.equal("unavailable");
    expect(message).to.match(/ cannot be used: EISDIR/);
  });

  it("reports that the folder or the port cannot be used, and leaves no lock or socket behind", async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "file"), "");
    expect((await failure(testEngine({ dataFolder: join(folder, "file", "below") }))).message).to.contain(
      "cannot be used",
    );
    const first = await start();
    const port = Number(new URL(first.engine.endpoint).port);
    const other = join(folder, "other");
    const error = await failure(testEngine({ dataFolder: other, port }));
    expect([error.code, error.message]).to.deep.equal([
      "unavailable",
      `The engine cannot listen on 127.0.0.1:${port}: the port is in use.`,
    ]);
    expect(existsSync(join(other, "engine.lock"))).to.equal(false);
  });

  it("answers the invocations in flight when it closes, and closes only once", async () => {
    const on = await start();
    await activeFunction(on, "f", await handlerZip());
    let broken = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      on.fleet.answering = () => {
        resolve();
        return new Promise(
          (done) => (broken = () => done({ kind: "broken", message: "The engine is closing." })),
        );
      };
    });
    let closed = 0;
    on.fleet.close = () => {
      closed += 1;
      broken();
      return Promise.resolve();
    };
    const call = rawRequest(on.engine.endpoint, {
      method: "POST",
      path: "/2015-03-31/functions/f/invocations",
      body: "{}",
    });
    await begun;
    await Promise.all([on.engine.close(), on.engine.close()]);
    expect([(await call).status, closed]).to.deep.equal([500, 1]);
  });

  it("removes a temporary data folder when the engine closes", async () => {
    const on = await testEngine({ dataFolder: null });
    await activeFunction(on, "f", await handlerZip());
    const contents = on.fleet.snapshots[0]?.codeFolder ?? "";
    expect(existsSync(contents)).to.equal(true);
    await on.close();
    expect(existsSync(join(contents, "..", "..", ".."))).to.equal(false);
  });
});
