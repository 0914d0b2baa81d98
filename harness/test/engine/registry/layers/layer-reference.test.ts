import { expect } from "chai";
import { rawRequest } from "../../support/raw-request.ts";
import { type TestEngine, handlerZip, testEngine } from "../../support/test-engine.ts";

const LAYER = "arn:aws:lambda:us-west-2:123456789012:layer:l";

describe("an operation on a layer of another Region", () => {
  let on: TestEngine;
  before(async () => {
    on = await testEngine();
  });
  after(() => on.close());

  const versions = `/2018-10-31/layers/${encodeURIComponent(LAYER)}/versions`;
  const refused = async (request: Parameters<typeof rawRequest>[1], action: string, arn = LAYER) => {
    const { status, headers, body } = await rawRequest(on.engine.endpoint, request);
    expect([status, headers["x-amzn-errortype"]]).to.deep.equal([403, "AccessDeniedException"]);
    expect(body).to.contain(
      `is not authorized to perform: lambda:${action} on resource: ${arn} because no resource-based policy allows the lambda:${action} action`,
    );
  };

  it("is refused, and the refusal names the operation", async () => {
    const body = JSON.stringify({ Content: { ZipFile: Buffer.from(await handlerZip()).toString("base64") } });
    await refused({ method: "POST", path: versions, body }, "PublishLayerVersion");
    await refused({ path: versions }, "ListLayerVersions");
    await refused({ path: `${versions}/1` }, "GetLayerVersion");
    await refused({ method: "DELETE", path: `${versions}/1` }, "DeleteLayerVersion");
    await refused({ path: `${versions}/1/policy` }, "GetLayerVersionPolicy");
  });

  it("is refused with the name GetLayerVersion in the message if the request is GetLayerVersionByArn", async () => {
    const query = new URLSearchParams({ find: "LayerVersion", Arn: `${LAYER}:1` }).toString();
    await refused({ path: `/2018-10-31/layers?${query}` }, "GetLayerVersion", `${LAYER}:1`);
  });
});
