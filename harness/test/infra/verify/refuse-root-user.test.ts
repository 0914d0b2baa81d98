import { expect } from "chai";
import { LongrunError } from "../../../src/base/errors.ts";
import { awsRequests } from "../../../../scripts/infra/aws-request.ts";
import { refuseRootUser } from "../../../../scripts/infra/verify/refuse-root-user.ts";
import { cannedService } from "../../adapters/aws/canned-service.ts";

describe("make verify with the credentials of", () => {
  async function outcome(arn: string): Promise<unknown> {
    const service = await cannedService((_asked, response) => {
      response.end(
        `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
      );
    });
    try {
      await refuseRootUser(await awsRequests({ region: "eu-central-1", endpoint: service.endpoint }));
      return "goes on";
    } catch (error) {
      return error;
    } finally {
      await service.close();
    }
  }

  it("the root user is refused with the reason", async () => {
    const error = await outcome("arn:aws:iam::123456789012:root");
    expect(error).to.be.instanceOf(LongrunError);
    expect((error as LongrunError).message).to.contain("it cannot assume a role");
  });

  for (const arn of [
    "arn:aws:iam::123456789012:user/root",
    "arn:aws:sts::123456789012:assumed-role/admin/root",
  ])
    it(`${arn} begins`, async () => {
      expect(await outcome(arn)).to.equal("goes on");
    });
});
