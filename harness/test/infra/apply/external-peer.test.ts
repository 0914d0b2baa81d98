import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  GetFunctionConcurrencyCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LocalTarget, ROOT, isAlive } from "./local-target.ts";

const LOCAL = {
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  maxAttempts: 1,
};

describe("infrastructure: the deployment of infra/ on the engine, with a peer on loopback", function () {
  this.timeout(900_000);
  const target = new LocalTarget();
  let lambda: LambdaClient;
  let logs: CloudWatchLogsClient;
  after(async () => {
    lambda?.destroy();
    logs?.destroy();
    await target.close();
  });
  const invoke = async (): Promise<{
    readonly status: number | undefined;
    readonly answer: Record<string, unknown>;
  }> => {
    const { StatusCode, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: target.outputs().functions["handler-connect"]?.name }),
    );
    return {
      status: StatusCode,
      answer: JSON.parse(Buffer.from(Payload ?? []).toString()) as Record<string, unknown>,
    };
  };
  const runLogs = (run: string): string => {
    const folder = join(run, "logs");
    return existsSync(folder)
      ? readdirSync(folder)
          .map((name) => readFileSync(join(folder, name), "utf8"))
          .join("")
      : "";
  };

  it("cannot run a soak before it is deployed: the exit code is 69", async () => {
    const { code, output } = await target.run("longrun");
    expect([code, output]).to.deep.equal([69, "Nothing is deployed on local.\n\nmake deploy TARGET=local\n"]);
  });

  it("refuses unknown designs, and a file of variables that does not exist, before anything is started", async () => {
    const bogus = await target.run("deploy", { DESIGNS: "bogus" });
    expect([
      bogus.code,
      /DESIGNS must name some of these: .*handler-connect/.test(bogus.output),
    ]).to.deep.equal([64, true]);
    const missing = await target.run("deploy", { VARS: join(target.scratch, "none.tfvars.json") });
    expect([missing.code, missing.output.includes("there is none")]).to.deep.equal([64, true]);
    expect(target.processes()).to.deep.equal({});
  });

  it("asks before it applies, and changes nothing if it cannot ask", async () => {
    const { code, output } = await target.run("deploy", { AUTO_APPROVE: "" });
    expect(code, output).to.equal(64);
    expect(output).to.contain("make deploy: expected AUTO_APPROVE=1, because no user can be asked.");
    expect(existsSync(join(target.folder, "terraform", "terraform.tfstate"))).to.equal(false);
  });

  it("is deployed, and a second plan is empty", async () => {
    const deployed = await target.run("deploy");
    expect(deployed.code, deployed.output).to.equal(0);
    const again = await target.run("plan");
    expect(again.code, again.output).to.equal(0);
    expect(again.output).to.contain("Nothing to change.");
    const { endpoint } = target.outputs();
    lambda = new LambdaClient({ ...LOCAL, endpoint });
    logs = new CloudWatchLogsClient({ ...LOCAL, endpoint });
    const { ReservedConcurrentExecutions } = await lambda.send(
      new GetFunctionConcurrencyCommand({ FunctionName: "longrun-handler-connect" }),
    );
    expect(ReservedConcurrentExecutions).to.equal(1);
  });

  it("refuses a variable that would move or rename the deployment", async () => {
    const moved = await target.run("deploy", { REGION: "eu-west-1" });
    const renamed = await target.run("deploy", { NAME: "other" });
    expect([moved.code, renamed.code]).to.deep.equal([64, 64]);
    expect(moved.output).to.contain("REGION=us-east-1. Given: REGION=eu-west-1. Nothing was changed.");
    expect(renamed.output).to.contain("NAME=longrun. Given: NAME=other. Nothing was changed.");
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
    expect(Functions.map(({ FunctionName }) => FunctionName)).to.deep.equal(["longrun-handler-connect"]);
  });

  it("has functions that can be invoked by the names in its outputs", async () => {
    const { status, answer } = await invoke();
    expect([status, answer.ok, answer.design]).to.deep.equal([200, true, "handler-connect"]);
  });

  // This must be the first soak, because each soak reads the log since the last deploy.
  it("accepts a soak without an exposure if that is tolerated, and says so", async () => {
    const calm = { DURATION: "5s", PLATFORM: "calm", TOLERATE: "no-exposure", GITHUB_ACTIONS: "true" };
    const { code, output } = await target.run("longrun", { ...calm, OUT: join(target.scratch, "calm") });
    expect(code, output).to.equal(0);
    expect(output).to.match(/^::warning title=The soak is inconclusive::Inconclusive, and tolerated/m);
    const strict = await target.run("longrun", {
      ...calm,
      TOLERATE: "",
      OUT: join(target.scratch, "strict"),
    });
    expect(strict.code, strict.output).to.equal(2);
  });

  it("passes a soak of thirty seconds", async () => {
    const run = join(target.scratch, "soak");
    const { code, output } = await target.run("longrun", { DURATION: "30s", OUT: run });
    expect(code, output).to.equal(0);
    const result = JSON.parse(readFileSync(join(run, "result.json"), "utf8")) as {
      verdict: string;
      functions: { reservedConcurrency: number }[];
    };
    expect([result.verdict, result.functions[0]?.reservedConcurrency]).to.deep.equal(["pass", 1]);
  });

  it("shows a new generation of environments after a change during a soak", async () => {
    const run = join(target.scratch, "changed");
    const soak = target.start("longrun", { DURATION: "30m", PLATFORM: "calm", OUT: run });
    const ended = target.ended(soak);
    const seen = async (text: string): Promise<void> => {
      while (!runLogs(run).includes(text)) {
        if (soak.exitCode !== null)
          throw new Error(`the soak ended before ${text} was seen: ${(await ended).output}`);
        await sleep(200);
      }
    };
    await seen(String.raw`\"design\":\"handler-connect\"`);
    const changed = join(target.scratch, "changed.tfvars.json");
    writeFileSync(
      changed,
      JSON.stringify({
        functions: {
          "handler-connect": { package_file: join(ROOT, "dist/functions/lazy-connect.zip"), memory_mb: 512 },
        },
      }),
    );
    const deployed = await target.run("deploy", { VARS: changed });
    expect(deployed.code, deployed.output).to.equal(0);
    expect(deployed.output).to.contain("0 to add, 1 to change, 0 to destroy");
    await seen(String.raw`\"design\":\"lazy-connect\"`);
    soak.kill("SIGTERM");
    const { code, output } = await ended;
    expect(code, output).to.equal(130);
    const result = JSON.parse(readFileSync(join(run, "result.json"), "utf8")) as {
      functions: { environments: unknown[] }[];
    };
    expect(result.functions[0]?.environments.length ?? 0).to.be.greaterThan(1);
    const { answer } = await invoke();
    expect(answer.design).to.equal("lazy-connect");
    const again = await target.run("plan", { VARS: changed });
    expect(again.output).to.contain("Nothing to change.");
  });

  it("leaves no function and no log group in the engine when it is destroyed", async () => {
    const destroyed = await target.run("destroy", { KEEP_SERVICES: "1" });
    expect(destroyed.code, destroyed.output).to.equal(0);
    const { Functions } = await lambda.send(new ListFunctionsCommand({}));
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}));
    expect([Functions, logGroups]).to.deep.equal([[], []]);
  });

  it("leaves no process and no folder when it is destroyed", async () => {
    const before = target.processes();
    expect(Object.keys(before).sort()).to.deep.equal(["engine", "moto", "peer"]);
    const destroyed = await target.run("destroy");
    expect(destroyed.code, destroyed.output).to.equal(0);
    const alive = Object.values(before).map(isAlive);
    expect([alive, existsSync(target.folder)]).to.deep.equal([[false, false, false], false]);
    const again = await target.run("destroy");
    expect([again.code, again.output]).to.deep.equal([0, "There was nothing to destroy.\n"]);
  });
});
