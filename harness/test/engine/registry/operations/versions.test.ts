import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionCommand,
  InvokeCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { ARN, refused } from "../../support/refused.ts";
import { type TestEngine, activeFunction, handlerZip, testEngine } from "../../support/test-engine.ts";

describe("engine: versions and aliases", () => {
  let on: TestEngine;
  let zip: Buffer;
  beforeEach(async () => {
    on = await testEngine();
    zip = await handlerZip();
  });
  afterEach(() => on.close());

  it("publishes a new version if the description of $LATEST has changed, but not if only the request has another description", async () => {
    await activeFunction(on, "f", zip);
    const publish = async (Description?: string): Promise<unknown> => {
      const { Version, Description: shown } = await on.lambda.send(
        new PublishVersionCommand({ FunctionName: "f", Description }),
      );
      return [Version, shown];
    };
    const published = [await publish("one"), await publish("again")];
    await on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "f", Description: "new" }));
    await waitUntilFunctionUpdatedV2({ client: on.lambda, maxWaitTime: 600 }, { FunctionName: "f" });
    published.push(await publish(), await publish("three"));
    expect(published).to.deep.equal([
      ["1", "one"],
      ["1", "one"],
      ["2", "new"],
      ["2", "new"],
    ]);
  });

  it("publishes one version per change; the list has $LATEST first, then the versions, and no `State` for any of them", async () => {
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
    await waitUntilFunctionUpdatedV2({ client: on.lambda, maxWaitTime: 600 }, { FunctionName: "f" });
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

  it("stores aliases, and invokes the version that an alias names", async () => {
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
    await waitUntilFunctionUpdatedV2({ client: on.lambda, maxWaitTime: 600 }, { FunctionName: "f" });
    await on.lambda.send(new PublishVersionCommand({ FunctionName: "f" }));
    const moved = await on.lambda.send(
      new UpdateAliasCommand({
        FunctionName: "f",
        Name: "live",
        FunctionVersion: "2",
        RoutingConfig: { AdditionalVersionWeights: {} },
      }),
    );
    expect([moved.FunctionVersion, moved.RoutingConfig]).to.deep.equal(["2", undefined]);
    expect(
      (await on.lambda.send(new InvokeCommand({ FunctionName: "f:live", Payload: "{}" }))).ExecutedVersion,
    ).to.equal("2");
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
});
