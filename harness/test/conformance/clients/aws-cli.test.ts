import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RealEngine, realEngine, runClient } from "../../engine/support/real-engine.ts";
import { ROLE, zipOf } from "../../engine/support/test-engine.ts";
import { requireTool } from "../../support/require-tool.ts";
import { itInTestAll, itOnce } from "../../support/test-all.ts";

const HANDLER = `console.log("loaded");
export const handler = async (event, context) => {
  if (event.fail) throw new Error("as asked");
  console.log("handled", event.n);
  return { n: event.n, id: context.awsRequestId, arn: context.invokedFunctionArn, mode: process.env.MODE ?? null };
};
`;

describe("conformance: a session of the AWS CLI", () => {
  let on: RealEngine;
  before(async function () {
    await requireTool(this, ["aws", "--version"]);
    on = await realEngine();
  });
  after(() => on?.close());

  /** Returns the JSON that the command printed. A refusal is thrown with the output of the CLI. */
  async function aws(...args: readonly string[]): Promise<Record<string, unknown>> {
    const ended = await runClient("aws", [...args, "--output", "json"], on.engine.endpoint, on.folder);
    if (ended?.code !== 0) throw new Error(ended?.stderr.trim());
    return ended.stdout.trim() === "" ? {} : (JSON.parse(ended.stdout) as Record<string, unknown>);
  }
  const refusalOf = (...args: readonly string[]): Promise<string> =>
    aws(...args).then(
      () => "nothing was refused",
      (error: unknown) => (error as Error).message,
    );

  itInTestAll("creates, reserves, invokes, reads the log, updates and deletes", async function () {
    // The session starts the CLI about twenty times, and each start takes a second on an idle computer.
    this.timeout(300_000);
    writeFileSync(join(on.folder, "function.zip"), await zipOf([{ path: "index.mjs", content: HANDLER }]));
    const created = await aws(
      ...["lambda", "create-function", "--function-name", "cli", "--runtime", "nodejs22.x", "--role", ROLE],
      ...[
        "--handler",
        "index.handler",
        "--zip-file",
        "fileb://function.zip",
        "--environment",
        "Variables={MODE=first}",
      ],
    );
    expect([created["State"], created["FunctionArn"]]).to.deep.equal([
      "Pending",
      "arn:aws:lambda:eu-central-1:123456789012:function:cli",
    ]);
    await aws("lambda", "wait", "function-active-v2", "--function-name", "cli");
    expect(
      await aws(
        "lambda",
        "put-function-concurrency",
        "--function-name",
        "cli",
        "--reserved-concurrent-executions",
        "1",
      ),
    ).to.deep.equal({ ReservedConcurrentExecutions: 1 });

    const invoke = (event: object): Promise<Record<string, unknown>> =>
      aws(
        "lambda",
        "invoke",
        "--function-name",
        "cli",
        "--payload",
        JSON.stringify(event),
        "--log-type",
        "Tail",
        "answer.json",
        ...binary,
      );
    const version = (await runClient("aws", ["--version"], on.engine.endpoint, on.folder))?.stdout ?? "";
    // Version 2 reads a payload as base64 unless this option says otherwise. Version 1 does not have the option.
    const binary = version.startsWith("aws-cli/1") ? [] : ["--cli-binary-format", "raw-in-base64-out"];
    const invoked = await invoke({ n: 7 });
    const answer = JSON.parse(readFileSync(join(on.folder, "answer.json"), "utf8")) as Record<
      string,
      unknown
    >;
    expect([
      invoked["StatusCode"],
      invoked["ExecutedVersion"],
      answer["n"],
      answer["mode"],
      answer["arn"],
    ]).to.deep.equal([200, "$LATEST", 7, "first", created["FunctionArn"]]);
    const tail = Buffer.from(String(invoked["LogResult"]), "base64").toString("utf8");
    expect(tail).to.match(new RegExp(`^START RequestId: ${String(answer["id"])} Version: \\$LATEST\\n`));
    expect(tail)
      .to.contain("handled 7")
      .and.to.match(/REPORT RequestId: [^\n]+\n$/);
    expect((await invoke({ fail: true }))["FunctionError"]).to.equal("Unhandled");

    const { logStreams } = await aws("logs", "describe-log-streams", "--log-group-name", "/aws/lambda/cli");
    expect((logStreams as unknown[]).length).to.equal(1);
    const { events } = await aws(
      "logs",
      "filter-log-events",
      "--log-group-name",
      "/aws/lambda/cli",
      "--filter-pattern",
      "handled",
    );
    expect((events as { message: string }[]).map(({ message }) => message.split("\t").at(-1))).to.deep.equal([
      "handled 7\n",
    ]);

    const updated = await aws(
      "lambda",
      "update-function-configuration",
      "--function-name",
      "cli",
      "--environment",
      "Variables={MODE=second}",
    );
    expect(updated["LastUpdateStatus"]).to.equal("InProgress");
    await aws("lambda", "wait", "function-updated-v2", "--function-name", "cli");
    await invoke({ n: 8 });
    expect(JSON.parse(readFileSync(join(on.folder, "answer.json"), "utf8"))).to.include({
      n: 8,
      mode: "second",
    });
    expect(
      (
        (await aws("logs", "describe-log-streams", "--log-group-name", "/aws/lambda/cli"))[
          "logStreams"
        ] as unknown[]
      ).length,
    ).to.equal(2);

    expect(
      ((await aws("lambda", "list-functions"))["Functions"] as { FunctionName: string }[]).map(
        ({ FunctionName }) => FunctionName,
      ),
    ).to.deep.equal(["cli"]);
    await aws("lambda", "delete-function", "--function-name", "cli");
    expect(await refusalOf("lambda", "get-function", "--function-name", "cli")).to.contain(
      "An error occurred (ResourceNotFoundException) when calling the GetFunction operation: Function not found: arn:aws:lambda:eu-central-1:123456789012:function:cli",
    );
    expect(on.problems).to.deep.equal([]);
  });

  itInTestAll("invokes a function for its tenants", async function () {
    this.timeout(120_000);
    writeFileSync(
      join(on.folder, "tenants.zip"),
      await zipOf([
        { path: "index.mjs", content: "export const handler = async (event, context) => context.tenantId;" },
      ]),
    );
    const named = ["--function-name", "tenants"];
    const created = await aws(
      ...["lambda", "create-function", ...named, "--runtime", "nodejs22.x", "--role", ROLE],
      ...["--handler", "index.handler", "--zip-file", "fileb://tenants.zip"],
      ...["--tenancy-config", "TenantIsolationMode=PER_TENANT"],
    );
    expect(created["TenancyConfig"]).to.deep.equal({ TenantIsolationMode: "PER_TENANT" });
    await aws("lambda", "wait", "function-active-v2", ...named);
    await aws("lambda", "invoke", ...named, "--tenant-id", "blue", "answer.json");
    expect(readFileSync(join(on.folder, "answer.json"), "utf8")).to.equal('"blue"');
    expect(await refusalOf("lambda", "invoke", ...named, "answer.json")).to.contain(
      "(InvalidParameterValueException) when calling the Invoke operation: The invoked function is enabled with tenancy configuration.",
    );
  });

  itOnce("shows an error of the engine in the same form as an error of AWS", async () => {
    expect(await refusalOf("lambda", "invoke", "--function-name", "none", "answer.json")).to.contain(
      "(ResourceNotFoundException) when calling the Invoke operation",
    );
    expect(await refusalOf("logs", "describe-log-streams", "--log-group-name", "none")).to.contain(
      "(ResourceNotFoundException) when calling the DescribeLogStreams operation: The specified log group does not exist.",
    );
  });
});
