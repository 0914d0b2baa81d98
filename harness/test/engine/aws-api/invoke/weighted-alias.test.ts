import {
  CreateAliasCommand,
  InvokeCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { type TestEngine, activeFunction, handlerZip, testEngine } from "../../support/test-engine.ts";

/** Makes versions 1 and 2 of a function, and an alias that sends `weight` of the invocations to version 2. */
async function canary(seed: number, weight: number): Promise<TestEngine> {
  const on = await testEngine({ seed });
  await activeFunction(on, "f", await handlerZip());
  await on.lambda.send(new PublishVersionCommand({ FunctionName: "f" }));
  await on.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "f", Timeout: 5 }));
  await waitUntilFunctionUpdatedV2(
    { client: on.lambda, maxWaitTime: 600, minDelay: 1, maxDelay: 1 },
    { FunctionName: "f" },
  );
  await on.lambda.send(new PublishVersionCommand({ FunctionName: "f" }));
  const RoutingConfig = { AdditionalVersionWeights: { 2: weight } };
  await on.lambda.send(
    new CreateAliasCommand({ FunctionName: "f", Name: "live", FunctionVersion: "1", RoutingConfig }),
  );
  return on;
}

async function versions(on: TestEngine, count: number): Promise<string> {
  let seen = "";
  for (let number = 0; number < count; number += 1) {
    const { ExecutedVersion } = await on.lambda.send(
      new InvokeCommand({ FunctionName: "f", Qualifier: "live" }),
    );
    seen += ExecutedVersion ?? "?";
  }
  return seen;
}

describe("engine: invocations through a weighted alias", () => {
  let on: TestEngine | null = null;
  afterEach(async () => {
    await on?.close();
    on = null;
  });

  const drawn = async (seed: number, weight: number, count: number): Promise<string> => {
    on = await canary(seed, weight);
    const seen = await versions(on, count);
    await on.close();
    on = null;
    return seen;
  };

  it("the same seed draws the same versions, and another seed draws others", async () => {
    const seven = await drawn(7, 0.5, 24);
    expect(await drawn(7, 0.5, 24)).to.equal(seven);
    expect(await drawn(8, 0.5, 24)).to.not.equal(seven);
    expect([...new Set(seven)].toSorted()).to.deep.equal(["1", "2"]);
  });

  it("weight 0 never chooses the additional version, and weight 1 always does", async () => {
    on = await canary(1, 0);
    expect(await versions(on, 8)).to.equal("11111111");
    const weighted = async (weights: Record<string, number>): Promise<void> => {
      const RoutingConfig = { AdditionalVersionWeights: weights };
      await on?.lambda.send(new UpdateAliasCommand({ FunctionName: "f", Name: "live", RoutingConfig }));
    };
    await weighted({ 2: 1 });
    expect(await versions(on, 8)).to.equal("22222222");
    await weighted({});
    expect(await versions(on, 8)).to.equal("11111111");
  });

  it("an empty RoutingConfig removes the additional version, even if the same request makes that version the alias's FunctionVersion", async () => {
    on = await canary(1, 1);
    const { RoutingConfig, FunctionVersion } = await on.lambda.send(
      new UpdateAliasCommand({ FunctionName: "f", Name: "live", FunctionVersion: "2", RoutingConfig: {} }),
    );
    expect([RoutingConfig, FunctionVersion]).to.deep.equal([undefined, "2"]);
    expect(await versions(on, 4)).to.equal("2222");
  });
});
