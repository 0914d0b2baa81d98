/** `longrun soak --provoke … --copy` with the built command, on a service that outlives the run. */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import type { JournalEvent } from "../../src/record/journal.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { itInTestAll, itOnce } from "../support/test-all.ts";
import { awsDouble, type AwsDouble } from "./aws-double.ts";
import { start } from "./built-command.ts";
import { journalled } from "./run-journal.ts";

const ORIGINAL = "orders";
const OTHER = "other";
const SECRET = "hunter2-of-production";

describe("longrun soak --provoke --copy", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  let aws: AwsDouble;
  let client: LambdaClient;
  let port: string;
  let before: string;
  beforeEach(async () => {
    aws = await awsDouble();
    await aws.deploy(ORIGINAL, "init-connect", "/longrun/peer/production");
    await aws.deploy(OTHER, "init-connect", "/longrun/peer/other");
    client = new LambdaClient({
      region: "eu-central-1",
      endpoint: aws.environment["AWS_ENDPOINT_URL"] ?? "",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const variablesOf = async (name: string) =>
      (await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }))).Environment
        ?.Variables ?? {};
    port = (await variablesOf(OTHER))["PEER_PORT"] ?? "";
    await client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: ORIGINAL,
        Environment: { Variables: { ...(await variablesOf(ORIGINAL)), SECRET } },
      }),
    );
    await waitUntilFunctionUpdatedV2(
      { client, maxWaitTime: 60, minDelay: 0.05, maxDelay: 1 },
      { FunctionName: ORIGINAL },
    );
    before = await configuration(ORIGINAL);
  });
  afterEach(async () => {
    client.destroy();
    await aws.close();
  });

  const configuration = async (FunctionName: string): Promise<string> => {
    const found = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return JSON.stringify(found, (key, value: unknown) => (key === "$metadata" ? undefined : value));
  };
  const functions = async (): Promise<readonly string[]> =>
    ((await client.send(new ListFunctionsCommand({}))).Functions ?? []).map(
      ({ FunctionName }) => FunctionName ?? "",
    );
  const longrun = (command: string) =>
    start(command.trim().split(" "), { cwd: folder.path(), env: aws.environment });
  const soak = (duration: string, more = "--yes", lever = "versions") =>
    longrun(
      `soak --target aws --function f=${ORIGINAL} --provoke ${lever} --copy --peer 127.0.0.1:${port} --link PEER_HOST:PEER_PORT --peer-log-group f=/longrun/peer/other --duration ${duration} --interval 1s --settle 3s --out run ${more}`,
    );
  const journal = () =>
    readFileSync(join(folder.path(), "run", "journal.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as JournalEvent);
  const driving = (event: JournalEvent) => event.event === "invocation-ended";
  const killed = async (): Promise<string> => {
    const running = soak("30s");
    await journalled(running, join(folder.path(), "run"), { count: 2, wanted: driving });
    running.child.kill("SIGKILL");
    await running.ended;
    const copy = (await functions()).find((name) => name.startsWith("longrun-copy-"));
    expect(copy).to.match(/^longrun-copy-f-\d{8}T\d{6}Z-aws$/);
    return copy ?? "";
  };

  itOnce("shows the failure on a copy with another machine; the original is only read", async () => {
    const asked = await soak("10s", "").ended;
    expect(asked.code).to.equal(64);
    expect(asked.err.replaceAll(/\s+/g, " ")).to.match(
      /^This run connects to 127\.0\.0\.1:\d+, which longrun did not start: .* longrun soak --provoke: expected --yes, because it makes a function and no user can be asked\./,
    );
    const [explained = ""] = asked.err.split("longrun soak --provoke: expected");
    expect(Math.max(...explained.split("\n").map(({ length }) => length))).to.be.at.most(80);
    expect(await functions()).to.deep.equal([ORIGINAL, OTHER]);

    const { code, out, err } = await soak("6s").ended;
    expect(code, err + out).to.equal(1);
    expect(out).to.match(/f +FAIL/);
    const said = err.replaceAll(/\s+/g, " ");
    expect(said).to.include(
      "--copy makes a copy of orders, named longrun-copy-LABEL-RUN: the same code, role, network, layers, variables and settings, no triggers, a reserved concurrency of 1, and a log group of its own. orders is only read.",
    );
    expect(said).to.include("In the copy, PEER_HOST:PEER_PORT leads to the address of --peer.");
    expect(said).to.include("--provoke versions changes the copy of orders: it publishes two versions");
    expect(
      journal().flatMap((event) =>
        event.event === "change-begun" || event.event === "change-undone"
          ? `${event.event} ${event.change}`
          : [],
      ),
    ).to.deep.equal([
      "change-begun copy",
      "change-begun describe",
      "change-begun publish",
      "change-undone describe",
      "change-begun publish",
      "change-undone publish",
      "change-undone publish",
      "change-undone copy",
    ]);
    expect(await functions()).to.deep.equal([ORIGINAL, OTHER]);
    expect(await configuration(ORIGINAL)).to.equal(before);
    for (const file of readdirSync(join(folder.path(), "run"), { recursive: true, withFileTypes: true }))
      if (file.isFile())
        expect(readFileSync(join(file.parentPath, file.name), "utf8"), file.name).to.not.include(SECRET);
    expect(err + out).to.not.include(SECRET);
  });

  itOnce("without another machine, --yes is not enough, and nothing is made", async () => {
    const { code, err } = await longrun(
      `soak --target aws --function f=${ORIGINAL} --provoke versions --copy --yes --out run`,
    ).ended;
    expect(code).to.equal(64);
    const said = err.replaceAll(/\s+/g, " ");
    expect(said).to.include("If that has one place, production is locked out while the copy holds it.");
    expect(said).to.include(
      'somebody must type "production is stopped", and no user can be asked. --yes is not enough.',
    );
    expect(await functions()).to.deep.equal([ORIGINAL, OTHER]);
  });

  itInTestAll("provisioned works on a copy, which has no triggers", async () => {
    const { code, err } = await soak("4s", "--yes", "provisioned").ended;
    expect(code, err).to.equal(1);
    expect(err).to.match(/It costs about \$0\.\d+ an hour until it is undone/);
    expect(await functions()).to.deep.equal([ORIGINAL, OTHER]);
    expect(await configuration(ORIGINAL)).to.equal(before);
  });

  itOnce("a copy is deleted by longrun undo RUN after a kill -9, which a second undo notices", async () => {
    const copy = await killed();
    const made = await client.send(new GetFunctionCommand({ FunctionName: copy }));
    const original = JSON.parse(before) as NonNullable<typeof made.Configuration>;
    const { FunctionName, FunctionArn, LastModified, RevisionId, LoggingConfig, Environment, ...rest } =
      original;
    expect({ ...made.Configuration }).to.deep.include({
      ...rest,
      Environment: { Variables: { ...Environment?.Variables, PEER_PORT: port } },
      LoggingConfig: { ...LoggingConfig, LogGroup: `/aws/lambda/${copy}` },
    });
    expect([FunctionName, FunctionArn, LastModified, RevisionId]).to.not.include(undefined);
    expect(made.Tags).to.deep.equal({ "longrun-copy": copy.replace("longrun-copy-f-", "") });
    const undone = await longrun("undo run").ended;
    expect(undone.code).to.equal(0);
    expect(undone.out).to.match(
      new RegExp(
        `^${copy}: version 1 is deleted\n${copy}: version 2 is deleted\n${copy}: the copy is deleted\nUndoing ended no environment`,
      ),
    );
    expect(await functions()).to.deep.equal([ORIGINAL, OTHER]);
    expect(await configuration(ORIGINAL)).to.equal(before);
    expect((await longrun("undo run").ended).out).to.equal(
      `${copy}: it no longer exists, so nothing of it is left\n`,
    );
  });

  itInTestAll("a copy is found in a Region without the run's folder, by its tag alone", async () => {
    const copy = await killed();
    await aws.deploy("longrun-copy-of-somebody", "init-connect", "/longrun/peer/somebody");
    const asked = await longrun("undo --region eu-central-1").ended;
    expect([asked.code, asked.out]).to.satisfy(
      ([code, text]: readonly [number, string]) =>
        code === 64 && text.startsWith(`${copy}: a copy, version 1, version 2 of `),
    );
    const { code, err } = await longrun("undo --region eu-central-1 --yes").ended;
    expect(code, err).to.equal(0);
    expect(await functions()).to.deep.equal(["longrun-copy-of-somebody", ORIGINAL, OTHER].sort());
  });

  itInTestAll(
    "--resume deletes the copy of the killed part and makes another; Ctrl-C deletes that",
    async () => {
      const copy = await killed();
      const resumed = longrun("soak --resume run --yes");
      await journalled(resumed, join(folder.path(), "run"), { count: 5, wanted: driving });
      expect(await functions()).to.include(copy);
      resumed.child.kill("SIGINT");
      const { code, err } = await resumed.ended;
      expect(code, err).to.equal(130);
      expect(await functions()).to.deep.equal([ORIGINAL, OTHER]);
    },
  );
});
