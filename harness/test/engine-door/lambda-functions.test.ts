import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetAliasCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { createHash } from "node:crypto";
import { rawRequest } from "./raw-request.ts";
import { ROLE, type TestEngine, activeFunction, handlerZip, testEngine } from "./test-engine.ts";

const ARN = "arn:aws:lambda:eu-central-1:123456789012:function:f";

/** The error of a command as a caller sees it. */
async function refused(
  promise: Promise<unknown>,
): Promise<{ readonly name: string; readonly status: number | undefined; readonly message: string }> {
  const error = await promise.then(
    () => new Error("nothing was refused"),
    (reason: unknown) => reason as Error & { $metadata?: { httpStatusCode?: number } },
  );
  return {
    name: error.name,
    status: "$metadata" in error ? error.$metadata?.httpStatusCode : undefined,
    message: error.message,
  };
}

describe("engine door: functions", () => {
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

  it("answers CreateFunction with Pending and everything AWS shows, then becomes Active with another revision", async () => {
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
    await waitUntilFunctionActiveV2({ client: on.lambda, maxWaitTime: 10 }, { FunctionName: "f" });
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

  it("tells the fleet of a function only when it is active, and of every new generation", async () => {
    await activeFunction(on, "f", zip);
    await on.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: "f",
        Timeout: 7,
        LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG" },
      }),
    );
    await waitUntilFunctionUpdatedV2({ client: on.lambda, maxWaitTime: 10 }, { FunctionName: "f" });
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

  it("keeps what an update does not name, and drops log levels when the format goes back to Text", async () => {
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
    await waitUntilFunctionUpdatedV2({ client: on.lambda, maxWaitTime: 10 }, { FunctionName: "f" });
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

  it("refuses a change while another one is in progress, and an invocation while Pending", async () => {
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

  it("refuses a revision that is not the latest with 412", async () => {
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

  it("publishes versions, once per change, and lists them after $LATEST without states", async () => {
    await activeFunction(on, "f", zip);
    const one = await on.lambda.send(new PublishVersionCommand({ FunctionName: "f", Description: "first" }));
    const again = await on.lambda.send(new PublishVersionCommand({ FunctionName: "f" }));
    expect([
      one.$metadata.httpStatusCode,
      one.Version,
      one.FunctionArn,
      one.State,
      one.Description,
      again.Version,
    ]).to.deep.equal([201, "1", `${ARN}:1`, "Active", "first", "1"]);
    const two = await on.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: "f", ZipFile: await handlerZip("2"), Publish: true }),
    );
    expect([two.Version, two.State]).to.deep.equal(["2", "Pending"]);
    await waitUntilFunctionUpdatedV2({ client: on.lambda, maxWaitTime: 10 }, { FunctionName: "f" });
    const listed = await on.lambda.send(
      new ListVersionsByFunctionCommand({ FunctionName: "f", MaxItems: 10_000 }),
    );
    expect(
      listed.Versions?.map(({ Version, FunctionArn, State, RuntimeVersionConfig }) => [
        Version,
        FunctionArn,
        State,
        RuntimeVersionConfig,
      ]),
    ).to.deep.equal([
      ["$LATEST", `${ARN}:$LATEST`, undefined, undefined],
      ["1", `${ARN}:1`, undefined, undefined],
      ["2", `${ARN}:2`, undefined, undefined],
    ]);
    const invoked = await on.lambda.send(new InvokeCommand({ FunctionName: "f:1", Payload: "{}" }));
    expect(invoked.ExecutedVersion).to.equal("1");
    expect(on.fleet.snapshots.map(({ version, generation }) => [version, generation])).to.deep.equal([
      ["$LATEST", 1],
      ["1", 1],
      ["$LATEST", 2],
      ["2", 1],
    ]);
    expect(
      await refused(on.lambda.send(new DeleteFunctionCommand({ FunctionName: "f", Qualifier: "$LATEST" }))),
    ).to.include({ name: "InvalidParameterValueException" });
    await on.lambda.send(new DeleteFunctionCommand({ FunctionName: "f", Qualifier: "1" }));
    expect(
      await refused(on.lambda.send(new GetFunctionCommand({ FunctionName: "f", Qualifier: "1" }))),
    ).to.deep.equal({
      name: "ResourceNotFoundException",
      status: 404,
      message: `Function not found: ${ARN}:1`,
    });
  });

  it("keeps aliases, with weights, and resolves an invocation through them", async () => {
    await activeFunction(on, "f", zip);
    await on.lambda.send(new PublishVersionCommand({ FunctionName: "f" }));
    const { $metadata, RevisionId, ...created } = await on.lambda.send(
      new CreateAliasCommand({ FunctionName: "f", Name: "live", FunctionVersion: "1" }),
    );
    expect([$metadata.httpStatusCode, created]).to.deep.equal([
      201,
      { AliasArn: `${ARN}:live`, Name: "live", FunctionVersion: "1", Description: "" },
    ]);
    expect(RevisionId).to.be.a("string");
    expect(
      (
        await refused(
          on.lambda.send(new CreateAliasCommand({ FunctionName: "f", Name: "live", FunctionVersion: "1" })),
        )
      ).name,
    ).to.equal("ResourceConflictException");
    expect(
      (
        await refused(
          on.lambda.send(new CreateAliasCommand({ FunctionName: "f", Name: "x", FunctionVersion: "9" })),
        )
      ).name,
    ).to.equal("ResourceNotFoundException");
    let arn = "";
    on.fleet.answering = (_name, version, request) => {
      arn = request.invokedFunctionArn;
      return {
        kind: "answered",
        payload: request.payload,
        contentType: "application/json",
        functionError: null,
        executedVersion: version,
        environment: "e",
        logTail: Buffer.alloc(0),
      };
    };
    const invoked = await on.lambda.send(
      new InvokeCommand({ FunctionName: "f", Qualifier: "live", Payload: "{}" }),
    );
    expect([invoked.ExecutedVersion, arn]).to.deep.equal(["1", `${ARN}:live`]);
    expect(
      (await refused(on.lambda.send(new DeleteFunctionCommand({ FunctionName: "f", Qualifier: "1" })))).name,
    ).to.equal("ResourceConflictException");
    await on.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: "f", ZipFile: await handlerZip("2") }),
    );
    await waitUntilFunctionUpdatedV2({ client: on.lambda, maxWaitTime: 10 }, { FunctionName: "f" });
    await on.lambda.send(new PublishVersionCommand({ FunctionName: "f" }));
    const weighted = await on.lambda.send(
      new UpdateAliasCommand({
        FunctionName: "f",
        Name: "live",
        RoutingConfig: { AdditionalVersionWeights: { "2": 1 } },
      }),
    );
    expect(weighted.RoutingConfig?.AdditionalVersionWeights).to.deep.equal({ "2": 1 });
    expect(
      (await on.lambda.send(new InvokeCommand({ FunctionName: "f:live", Payload: "{}" }))).ExecutedVersion,
    ).to.equal("2");
    const emptied = await on.lambda.send(
      new UpdateAliasCommand({
        FunctionName: "f",
        Name: "live",
        RoutingConfig: { AdditionalVersionWeights: {} },
      }),
    );
    expect(emptied.RoutingConfig).to.equal(undefined);
    expect(
      (await on.lambda.send(new ListAliasesCommand({ FunctionName: "f" }))).Aliases?.map(({ Name }) => Name),
    ).to.deep.equal(["live"]);
    await on.lambda.send(new DeleteAliasCommand({ FunctionName: "f", Name: "live" }));
    expect(
      await refused(on.lambda.send(new GetAliasCommand({ FunctionName: "f", Name: "live" }))),
    ).to.deep.equal({
      name: "ResourceNotFoundException",
      status: 404,
      message: `Cannot find alias arn: ${ARN}:live`,
    });
  });

  it("reserves concurrency, keeps the account's unreserved minimum, and shows both", async () => {
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

  it("tags, lists tags and takes them away", async () => {
    await activeFunction(on, "f", zip);
    await on.lambda.send(new TagResourceCommand({ Resource: ARN, Tags: { a: "1", "b c": "2" } }));
    expect((await on.lambda.send(new ListTagsCommand({ Resource: ARN }))).Tags).to.deep.equal({
      a: "1",
      "b c": "2",
    });
    await on.lambda.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ["b c"] }));
    expect((await on.lambda.send(new ListTagsCommand({ Resource: ARN }))).Tags).to.deep.equal({ a: "1" });
  });

  it("lists functions page by page, each once", async () => {
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

  it("deletes a function, its environments with it, and says 404 afterwards", async () => {
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
    it(`knows the function as ${FunctionName}`, async () => {
      await activeFunction(on, "f", zip);
      expect(
        (await on.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).FunctionName,
      ).to.equal("f");
      expect((await on.lambda.send(new InvokeCommand({ FunctionName, Payload: "1" }))).StatusCode).to.equal(
        200,
      );
    });
  }

  const refusals: readonly {
    readonly title: string;
    readonly input: Partial<CreateFunctionCommandInput>;
    readonly name: string;
    readonly message: RegExp;
  }[] = [
    {
      title: "a name with a space",
      input: { FunctionName: "a b" },
      name: "ValidationException",
      message:
        /^1 validation error detected: Value 'a b' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
    },
    {
      title: "a name of 65 characters",
      input: { FunctionName: "x".repeat(65) },
      name: "ValidationException",
      message: /less than or equal to 64$/,
    },
    {
      title: "time-out 901 and memory 64 at once",
      input: { Timeout: 901, MemorySize: 64 },
      name: "ValidationException",
      message:
        /^2 validation errors detected: Value '901' at 'timeout' .*; Value '64' at 'memorySize' .*greater than or equal to 128$/,
    },
    {
      title: "a role that is no ARN",
      input: { Role: "admin" },
      name: "ValidationException",
      message: /at 'role'/,
    },
    {
      title: "a handler with a space",
      input: { Handler: "a b" },
      name: "ValidationException",
      message: /at 'handler'/,
    },
    {
      title: "a runtime that the engine does not run",
      input: { Runtime: "python3.12" },
      name: "InvalidParameterValueException",
      message:
        /^Value python3\.12 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs20\.x, nodejs22\.x, nodejs24\.x\]/,
    },
    {
      title: "a reserved variable",
      input: { Environment: { Variables: { AWS_REGION: "x" } } },
      name: "InvalidParameterValueException",
      message: /Reserved keys used in this request: AWS_REGION$/,
    },
    {
      title: "variables of more than 4 KB",
      input: { Environment: { Variables: { BIG: "x".repeat(4_096) } } },
      name: "InvalidParameterValueException",
      message: /exceeded the 4KB limit/,
    },
    {
      title: "a log level with format Text",
      input: { LoggingConfig: { LogFormat: "Text", SystemLogLevel: "DEBUG" } },
      name: "InvalidParameterValueException",
      message: /LogFormat must be set to JSON/,
    },
    {
      title: "a log group that starts with aws/",
      input: { LoggingConfig: { LogGroup: "aws/mine" } },
      name: "InvalidParameterValueException",
      message: /must not start with aws\//,
    },
    {
      title: "a package in S3",
      input: { Code: { S3Bucket: "bucket", S3Key: "key" } },
      name: "InvalidParameterValueException",
      message: /ZipFile only/,
    },
    {
      title: "a layer",
      input: { Layers: ["arn:aws:lambda:eu-central-1:123456789012:layer:l:1"] },
      name: "InvalidParameterValueException",
      message: /Layer version arn.* does not exist/,
    },
    {
      title: "another architecture than two",
      input: { Architectures: ["riscv" as "arm64"] },
      name: "ValidationException",
      message: /\[x86_64, arm64\]/,
    },
    {
      title: "bytes that are no zip",
      input: { Code: { ZipFile: Buffer.from("no zip") } },
      name: "InvalidParameterValueException",
      message: /^Could not unzip uploaded file\. Please check your file, then try to upload again\.$/,
    },
    {
      title: "no code",
      input: { Code: {} },
      name: "InvalidParameterValueException",
      message: /Please provide a source for function code/,
    },
  ];
  for (const { title, input, name, message } of refusals) {
    it(`refuses ${title}`, async () => {
      const error = await refused(on.lambda.send(create(input)));
      expect([error.name, error.status]).to.deep.equal([name, 400]);
      expect(error.message).to.match(message);
      expect((await on.lambda.send(new ListFunctionsCommand({}))).Functions).to.deep.equal([]);
    });
  }

  it("answers a read of what nobody configured as AWS does, and a write that it lacks with a refusal", async () => {
    await activeFunction(on, "f", zip);
    expect(
      (await on.lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName: "f" })))
        .CodeSigningConfigArn,
    ).to.equal(undefined);
    expect((await refused(on.lambda.send(new GetPolicyCommand({ FunctionName: "f" })))).name).to.equal(
      "ResourceNotFoundException",
    );
    expect(
      await refused(
        on.lambda.send(
          new AddPermissionCommand({
            FunctionName: "f",
            StatementId: "s",
            Action: "lambda:InvokeFunction",
            Principal: "p",
          }),
        ),
      ),
    ).to.deep.equal({
      name: "UnknownOperationException",
      status: 404,
      message: "The local engine does not serve AddPermission.",
    });
  });

  const bodies: readonly {
    readonly title: string;
    readonly method: string;
    readonly path: string;
    readonly body?: string;
    readonly status: number;
    readonly type: string;
    readonly expected: string;
  }[] = [
    {
      title: "404 has Type and a capital Message",
      method: "GET",
      path: "/2015-03-31/functions/none",
      status: 404,
      type: "ResourceNotFoundException",
      expected:
        '{"Type":"User","Message":"Function not found: arn:aws:lambda:eu-central-1:123456789012:function:none"}',
    },
    {
      title: "another Region",
      method: "GET",
      path: "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af",
      status: 404,
      type: "ResourceNotFoundException",
      expected: `{"Type":"User","Message":"Functions from 'us-east-1' are not reachable in this region ('eu-central-1')"}`,
    },
    {
      title: "a qualifier that contradicts the name",
      method: "GET",
      path: "/2015-03-31/functions/f:1?Qualifier=2",
      status: 400,
      type: "InvalidParameterValueException",
      expected:
        '{"Type":"User","message":"The derived qualifier from the function name does not match the specified qualifier."}',
    },
    {
      title: "a member of a wrong type",
      method: "POST",
      path: "/2015-03-31/functions",
      body: '{"FunctionName":"f","Code":{},"Timeout":"3"}',
      status: 400,
      type: "InvalidRequestContentException",
      expected: `{"Type":"User","message":"Could not parse request body into json: 'Timeout' must be an integer, found string"}`,
    },
    {
      title: "a list for a body",
      method: "POST",
      path: "/2015-03-31/functions",
      body: "[]",
      status: 400,
      type: "InvalidRequestContentException",
      expected:
        '{"Type":"User","message":"Could not parse request body into json: the request must be an object, found array"}',
    },
    {
      title: "a required member that is missing",
      method: "PUT",
      path: "/2017-10-31/functions/f/concurrency",
      body: "{}",
      status: 400,
      type: "ValidationException",
      expected: `{"message":"1 validation error detected: Value null at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must not be null"}`,
    },
    {
      title: "an operation that Lambda has not",
      method: "PATCH",
      path: "/2015-03-31/functions/f",
      status: 404,
      type: "UnknownOperationException",
      expected: '{"message":"The local engine does not serve PATCH /2015-03-31/functions/f."}',
    },
    {
      title: "a path that is not one",
      method: "GET",
      path: "/2015-03-31/functions/%ZZ",
      status: 404,
      type: "UnknownOperationException",
      expected: '{"message":"The local engine does not serve GET /2015-03-31/functions/%ZZ."}',
    },
  ];
  for (const { title, method, path, body, status, type, expected } of bodies) {
    it(`error body: ${title}`, async () => {
      const answer = await rawRequest(on.engine.endpoint, {
        method,
        path,
        ...(body === undefined ? {} : { body }),
      });
      expect([answer.status, answer.headers["x-amzn-errortype"], answer.body]).to.deep.equal([
        status,
        type,
        expected,
      ]);
    });
  }
});
