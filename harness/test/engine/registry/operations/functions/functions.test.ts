import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { createHash } from "node:crypto";
import { ARN, refused } from "../../../support/refused.ts";
import {
  ROLE,
  type TestEngine,
  activeFunction,
  handlerZip,
  testEngine,
} from "../../../support/test-engine.ts";

describe("the engine's Lambda API for functions", () => {
  let on: TestEngine;
  let zip: Buffer;
  beforeEach(async () => {
    on = await testEngine();
    zip = await handlerZip();
  });
  afterEach(() => on.close());

  const create = (more: Partial<CreateFunctionCommandInput> = {}): CreateFunctionCommand =>
    new CreateFunctionCommand({
      FunctionName: "f",
      Role: ROLE,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { ZipFile: zip },
      ...more,
    });

  it("answers CreateFunction with state Pending, and makes the function Active later", async () => {
    const { $metadata, LastModified, RevisionId, RuntimeVersionConfig, ...created } = await on.lambda.send(
      create({ Environment: { Variables: { MODE: "1" } }, Tags: { team: "a" } }),
    );
    expect($metadata.httpStatusCode).to.equal(201);
    expect(LastModified).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    expect(RuntimeVersionConfig?.RuntimeVersionArn).to.match(
      /^arn:aws:lambda:eu-central-1::runtime:[0-9a-f]{64}$/,
    );
    expect(created).to.deep.equal({
      FunctionName: "f",
      FunctionArn: ARN,
      Runtime: "nodejs22.x",
      Role: ROLE,
      Handler: "index.handler",
      CodeSize: zip.length,
      Description: "",
      Timeout: 3,
      MemorySize: 128,
      CodeSha256: createHash("sha256").update(zip).digest("base64"),
      Version: "$LATEST",
      Environment: { Variables: { MODE: "1" } },
      TracingConfig: { Mode: "PassThrough" },
      State: "Pending",
      StateReason: "The function is being created.",
      StateReasonCode: "Creating",
      PackageType: "Zip",
      Architectures: ["x86_64"],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
      LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/f" },
    });
    await waitUntilFunctionActiveV2({ client: on.lambda, maxWaitTime: 600 }, { FunctionName: "f" });
    const { Configuration, Code, Tags, Concurrency } = await on.lambda.send(
      new GetFunctionCommand({ FunctionName: "f" }),
    );
    expect([
      Configuration?.State,
      Configuration?.LastUpdateStatus,
      Configuration?.StateReason,
      Tags,
      Concurrency,
    ]).to.deep.equal(["Active", "Successful", undefined, { team: "a" }, undefined]);
    expect(Configuration?.RevisionId).to.not.equal(RevisionId);
    expect(Code?.RepositoryType).to.equal("S3");
    const downloaded = Buffer.from(await (await fetch(Code?.Location ?? "")).arrayBuffer());
    expect(downloaded.equals(zip)).to.equal(true);
  });

  it("announces a function to the fleet when it is active, and again for each generation", async () => {
    await activeFunction(on, "f", zip);
    await on.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: "f",
        Timeout: 7,
        LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG" },
      }),
    );
    await waitUntilFunctionUpdatedV2({ client: on.lambda, maxWaitTime: 600 }, { FunctionName: "f" });
    expect(
      on.fleet.snapshots.map(({ version, generation, timeoutMs, logging }) => ({
        version,
        generation,
        timeoutMs,
        logging,
      })),
    ).to.deep.equal([
      {
        version: "$LATEST",
        generation: 1,
        timeoutMs: 3_000,
        logging: {
          format: "Text",
          applicationLogLevel: "INFO",
          systemLogLevel: "INFO",
          logGroup: "/aws/lambda/f",
        },
      },
      {
        version: "$LATEST",
        generation: 2,
        timeoutMs: 7_000,
        logging: {
          format: "JSON",
          applicationLogLevel: "INFO",
          systemLogLevel: "DEBUG",
          logGroup: "/aws/lambda/f",
        },
      },
    ]);
  });

  it("keeps settings that an update does not name, except log levels if the format becomes Text", async () => {
    await activeFunction(on, "f", zip, {
      Environment: { Variables: { MODE: "1" } },
      LoggingConfig: { LogFormat: "JSON" },
    });
    const first = await on.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: "f", MemorySize: 256 }),
    );
    expect([
      first.MemorySize,
      first.Environment?.Variables,
      first.LoggingConfig,
      first.LastUpdateStatus,
      first.LastUpdateStatusReasonCode,
    ]).to.deep.equal([
      256,
      { MODE: "1" },
      { LogFormat: "JSON", ApplicationLogLevel: "INFO", SystemLogLevel: "INFO", LogGroup: "/aws/lambda/f" },
      "InProgress",
      "Creating",
    ]);
    await waitUntilFunctionUpdatedV2({ client: on.lambda, maxWaitTime: 600 }, { FunctionName: "f" });
    const second = await on.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: "f",
        LoggingConfig: { LogFormat: "Text" },
        Environment: { Variables: {} },
      }),
    );
    expect([second.Environment, second.LoggingConfig]).to.deep.equal([
      undefined,
      { LogFormat: "Text", LogGroup: "/aws/lambda/f" },
    ]);
  });

  it("refuses a change during another change, and an invocation while the function is Pending", async () => {
    await on.close();
    on = await testEngine({ stateDelays: { createMs: 3_600_000, updateMs: 3_600_000 } });
    await on.lambda.send(create());
    const pending =
      "The operation cannot be performed at this time. The function is currently in the following state: Pending";
    expect(await refused(on.lambda.send(new InvokeCommand({ FunctionName: "f" })))).to.deep.equal({
      name: "ResourceConflictException",
      status: 409,
      message: pending,
    });
    expect(
      await refused(
        on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "f", Timeout: 5 })),
      ),
    ).to.deep.equal({ name: "ResourceConflictException", status: 409, message: pending });
    await on.close();
    on = await testEngine({ stateDelays: { createMs: 0, updateMs: 3_600_000 } });
    await activeFunction(on, "f", zip);
    await on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "f", Timeout: 5 }));
    for (const command of [
      on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "f", Timeout: 6 })),
      on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "f", ZipFile: zip })),
      on.lambda.send(new PublishVersionCommand({ FunctionName: "f" })),
    ]) {
      expect(await refused(command)).to.deep.equal({
        name: "ResourceConflictException",
        status: 409,
        message: `The operation cannot be performed at this time. An update is in progress for resource: ${ARN}`,
      });
    }
    const invoked = await on.lambda.send(new InvokeCommand({ FunctionName: "f", Payload: "{}" }));
    expect([invoked.StatusCode, on.fleet.snapshots.at(-1)?.timeoutMs]).to.deep.equal([200, 3_000]);
  });

  it("answers 412 if the request names a revision that is not the latest", async () => {
    await activeFunction(on, "f", zip);
    const RevisionId = "00000000-0000-0000-0000-000000000000";
    for (const command of [
      on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "f", RevisionId })),
      on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "f", ZipFile: zip, RevisionId })),
      on.lambda.send(new PublishVersionCommand({ FunctionName: "f", RevisionId })),
    ]) {
      const { name, status } = await refused(command);
      expect([name, status]).to.deep.equal(["PreconditionFailedException", 412]);
    }
  });

  it("reserves concurrency, shows what is left to the account, and refuses a reservation that leaves less than 100", async () => {
    await activeFunction(on, "f", zip);
    expect(
      (await on.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: "f" })))
        .ReservedConcurrentExecutions,
    ).to.equal(undefined);
    expect(
      (
        await on.lambda.send(
          new PutFunctionConcurrencyCommand({ FunctionName: "f", ReservedConcurrentExecutions: 1 }),
        )
      ).ReservedConcurrentExecutions,
    ).to.equal(1);
    expect((await on.lambda.send(new GetFunctionCommand({ FunctionName: "f" }))).Concurrency).to.deep.equal({
      ReservedConcurrentExecutions: 1,
    });
    expect(
      (await on.lambda.send(new GetFunctionCommand({ FunctionName: "f", Qualifier: "$LATEST" }))).Concurrency,
    ).to.equal(undefined);
    expect(
      (await on.lambda.send(new GetAccountSettingsCommand({}))).AccountLimit?.UnreservedConcurrentExecutions,
    ).to.equal(999);
    expect(
      await refused(
        on.lambda.send(
          new PutFunctionConcurrencyCommand({ FunctionName: "f", ReservedConcurrentExecutions: 901 }),
        ),
      ),
    ).to.deep.equal({
      name: "InvalidParameterValueException",
      status: 400,
      message:
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    });
    expect(on.fleet.reserved.get("f")).to.equal(1);
    await on.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: "f", ReservedConcurrentExecutions: 900 }),
    );
    await on.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: "f" }));
    expect(on.fleet.reserved.get("f")).to.equal(null);
  });

  it("adds, lists and removes tags", async () => {
    await activeFunction(on, "f", zip);
    await on.lambda.send(new TagResourceCommand({ Resource: ARN, Tags: { a: "1", "b c": "2" } }));
    expect((await on.lambda.send(new ListTagsCommand({ Resource: ARN }))).Tags).to.deep.equal({
      a: "1",
      "b c": "2",
    });
    await on.lambda.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ["b c"] }));
    expect((await on.lambda.send(new ListTagsCommand({ Resource: ARN }))).Tags).to.deep.equal({ a: "1" });
  });

  it("lists every function once, page by page", async () => {
    const names = Array.from({ length: 7 }, (_, index) => `page-${index}`);
    for (const FunctionName of names) await on.lambda.send(create({ FunctionName }));
    const seen: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await on.lambda.send(new ListFunctionsCommand({ MaxItems: 3, Marker }));
      seen.push(...(page.Functions ?? []).map(({ FunctionName }) => FunctionName ?? ""));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(seen).to.deep.equal(names);
    expect((await refused(on.lambda.send(new ListFunctionsCommand({ Marker: "nonsense" })))).name).to.equal(
      "InvalidParameterValueException",
    );
  });

  it("deletes a function and its environments, and answers 404 afterwards", async () => {
    await activeFunction(on, "f", zip);
    expect(
      (await on.lambda.send(new DeleteFunctionCommand({ FunctionName: "f" }))).$metadata.httpStatusCode,
    ).to.equal(204);
    expect(on.fleet.removed).to.deep.equal(["f"]);
    expect(await refused(on.lambda.send(new GetFunctionCommand({ FunctionName: "f" })))).to.deep.equal({
      name: "ResourceNotFoundException",
      status: 404,
      message: `Function not found: ${ARN}`,
    });
    expect(await refused(on.lambda.send(new InvokeCommand({ FunctionName: "f" })))).to.deep.equal({
      name: "ResourceNotFoundException",
      status: 404,
      message: `Function not found: ${ARN}:$LATEST`,
    });
    expect((await on.lambda.send(create())).State).to.equal("Pending");
  });

  const references = ["f", "f:$LATEST", "123456789012:function:f", ARN, `${ARN}:$LATEST`];
  for (const FunctionName of references) {
    it(`finds the function by ${FunctionName}`, async () => {
      await activeFunction(on, "f", zip);
      expect(
        (await on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).FunctionName,
      ).to.equal("f");
      expect((await on.lambda.send(new InvokeCommand({ FunctionName, Payload: "1" }))).StatusCode).to.equal(
        200,
      );
    });
  }
});
