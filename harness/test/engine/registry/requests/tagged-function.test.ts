import { ListTagsCommand, PublishLayerVersionCommand } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { refused } from "../../support/refused.ts";
import { type TestEngine, handlerZip, testEngine } from "../../support/test-engine.ts";

const LAYERS = "arn:aws:lambda:eu-central-1:123456789012:layer";

describe("tags of a layer", () => {
  let on: TestEngine;
  before(async () => {
    on = await testEngine();
    await on.lambda.send(
      new PublishLayerVersionCommand({ LayerName: "l", Content: { ZipFile: await handlerZip() } }),
    );
  });
  after(() => on.close());

  const tagsOf = (name: string): Promise<unknown> =>
    on.lambda.send(new ListTagsCommand({ Resource: `${LAYERS}:${name}` }));

  it("are refused, because the engine does not support them", async () => {
    expect(await refused(tagsOf("l"))).to.deep.equal({
      name: "InvalidParameterValueException",
      status: 400,
      message: "The local engine does not support tags of layers.",
    });
  });

  it("are not found if the layer does not exist", async () => {
    expect(await refused(tagsOf("none"))).to.deep.equal({
      name: "ResourceNotFoundException",
      status: 404,
      message: `The resource you requested does not exist: ${LAYERS}:none`,
    });
  });
});
