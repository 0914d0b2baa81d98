/** Removing a function at the end of a soak, when the function may be gone and the engine may not answer. */
import { expect } from "chai";
import { localDeployer } from "../../../src/adapters/aws/local-deployer.ts";
import { serviceConnection } from "../../../src/adapters/aws/service-connection.ts";
import { LongrunError } from "../../../src/base/errors.ts";
import { cannedService, json } from "./canned-service.ts";

describe("removing a function from an engine", () => {
  it("succeeds if the engine was restarted and no longer has the function", async () => {
    const service = await cannedService((_, response) =>
      json(
        response,
        404,
        { Type: "User", Message: "Function not found" },
        {
          "x-amzn-errortype": "ResourceNotFoundException",
        },
      ),
    );
    await localDeployer(serviceConnection({ region: "eu-west-1", endpoint: service.endpoint })).remove(
      "device",
    );
    await service.close();
  });

  it("reports that the engine does not answer", async () => {
    const service = await cannedService((_, response) => response.destroy());
    const error: unknown = await localDeployer(
      serviceConnection({ region: "eu-west-1", endpoint: service.endpoint }),
    )
      .remove("device")
      .catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(LongrunError);
    expect((error as LongrunError).message).to.match(
      /^The function device cannot be removed from the local engine: /,
    );
    await service.close();
  });
});
