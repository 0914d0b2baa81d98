/** A request with a member that the engine does not support is refused with the member's name, and changes nothing. */
import {
  CreateFunctionCommand,
  InvokeCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { refused } from "../../support/refused.ts";
import { ROLE, type TestEngine, activeFunction, handlerZip, testEngine } from "../../support/test-engine.ts";

describe("members that the engine does not support", () => {
  let on: TestEngine;
  let zip: Buffer;
  before(async () => {
    on = await testEngine();
    zip = await handlerZip();
    await activeFunction(on, "f", zip);
  });
  after(() => on.close());

  const refusal = (name: string): readonly [string, string] => [
    "InvalidParameterValueException",
    `The local engine does not support ${name}.`,
  ];
  const found = async (answer: Promise<unknown>): Promise<readonly [string, string]> => {
    const { name, message } = await refused(answer);
    return [name, message];
  };

  it("are refused with an error that names the member", async () => {
    const published = new PublishVersionCommand({ FunctionName: "f", PublishTo: "LATEST_PUBLISHED" });
    expect(await found(on.lambda.send(published))).to.deep.equal(refusal("PublishTo"));
    const versions = await on.lambda.send(new ListVersionsByFunctionCommand({ FunctionName: "f" }));
    expect(versions.Versions?.map(({ Version }) => Version)).to.deep.equal(["$LATEST"]);
    const SourceKMSKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/k";
    const update = new UpdateFunctionCodeCommand({ FunctionName: "f", ZipFile: zip, SourceKMSKeyArn });
    expect(await found(on.lambda.send(update))).to.deep.equal(refusal("SourceKMSKeyArn"));
    const listed = new ListFunctionsCommand({ MasterRegion: "ALL" });
    expect(await found(on.lambda.send(listed))).to.deep.equal(refusal("MasterRegion"));
  });

  it("are refused in headers too", async () => {
    const invoked = (more: object): Promise<readonly [string, string]> =>
      found(on.lambda.send(new InvokeCommand({ FunctionName: "f", ...more })));
    expect(await invoked({ DurableExecutionName: "d" })).to.deep.equal(refusal("DurableExecutionName"));
  });

  it("are refused with AWS's error message if they name a bucket and the request also contains a package", async () => {
    const created = new CreateFunctionCommand({
      ...{ FunctionName: "both", Role: ROLE, Runtime: "nodejs22.x", Handler: "index.handler" },
      Code: { ZipFile: zip, S3Bucket: "bucket", S3Key: "key" },
    });
    expect(await found(on.lambda.send(created))).to.deep.equal([
      "InvalidParameterValueException",
      "Please do not provide other FunctionCode parameters when providing a ZipFile.",
    ]);
  });

  it("are refused by CloudWatch Logs", async () => {
    const group = new CreateLogGroupCommand({ logGroupName: "/g", kmsKeyId: "arn:aws:kms:x" });
    expect(await found(on.cloudWatchLogs.send(group))).to.deep.equal([
      "InvalidParameterException",
      "The local engine does not support kmsKeyId.",
    ]);
  });
});
