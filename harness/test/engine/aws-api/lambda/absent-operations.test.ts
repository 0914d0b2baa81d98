import {
  CreateAliasCommand,
  GetRuntimeManagementConfigCommand,
  PublishVersionCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { ARN, refused } from "../../support/refused.ts";
import { type TestEngine, activeFunction, handlerZip, testEngine } from "../../support/test-engine.ts";

describe("reads of settings that the engine does not have", () => {
  let on: TestEngine;
  before(async () => {
    on = await testEngine();
    await activeFunction(on, "f", await handlerZip());
    await on.lambda.send(new PublishVersionCommand({ FunctionName: "f" }));
    await on.lambda.send(new CreateAliasCommand({ FunctionName: "f", Name: "live", FunctionVersion: "1" }));
  });
  after(() => on.close());

  const read = async (FunctionName: string, Qualifier?: string): Promise<string | undefined> =>
    (await on.lambda.send(new GetRuntimeManagementConfigCommand({ FunctionName, Qualifier }))).FunctionArn;

  it("return the ARN of the version that the qualifier names", async () => {
    expect(await read("f")).to.equal(`${ARN}:$LATEST`);
    expect(await read("f", "$LATEST")).to.equal(`${ARN}:$LATEST`);
    expect(await read("f", "1")).to.equal(`${ARN}:1`);
    expect(await read("f:1")).to.equal(`${ARN}:1`);
    expect(await read("f", "live")).to.equal(`${ARN}:1`);
  });

  it("do not find a version or an alias that does not exist", async () => {
    for (const qualifier of ["2", "none"])
      expect(await refused(read("f", qualifier))).to.deep.equal({
        name: "ResourceNotFoundException",
        status: 404,
        message: `Function not found: ${ARN}:${qualifier}`,
      });
  });
});
