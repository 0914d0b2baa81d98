import { expect } from "chai";
import { nameLook } from "../../../scripts/infra/look-for-name.ts";
import { cannedService } from "../adapters/aws/canned-service.ts";

describe("infrastructure: a look for the Region of a role", () => {
  const document = (resource: string) =>
    `<PolicyDocument>${encodeURIComponent(JSON.stringify({ Statement: [{ Resource: resource }] }))}</PolicyDocument>`;
  const policies: Readonly<Record<string, string>> = {
    vpc: document("*"),
    logs: document("arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/longrun-a:*"),
  };

  async function regionOf(...names: readonly string[]): Promise<string | null> {
    const service = await cannedService(({ body }, response) => {
      const asked = new URLSearchParams(body);
      const policy = policies[asked.get("PolicyName") ?? ""];
      const members = names.map((name) => `<member>${name}</member>`).join("");
      response.end(
        asked.get("Action") === "ListRolePolicies" ? `<PolicyNames>${members}</PolicyNames>` : policy,
      );
    });
    const look = await nameLook({
      region: "eu-west-1",
      local: { engine: service.endpoint, services: service.endpoint },
    });
    try {
      return await look.regionOfRole("longrun-a-function");
    } finally {
      look.close();
      await service.close();
    }
  }

  it("finds it in the first policy that names one", async () => {
    expect(await regionOf("vpc", "logs")).to.equal("eu-central-1");
  });

  it("finds none if no policy names one, as after an apply that was killed early", async () => {
    expect([await regionOf("vpc"), await regionOf()]).to.deep.equal([null, null]);
  });
});
