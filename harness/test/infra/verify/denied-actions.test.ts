import { expect } from "chai";
import { failure } from "../../../../scripts/infra/explain-failure.ts";
import { deniedActions } from "../../../../scripts/infra/verify/denied-actions.ts";

describe("infrastructure: what AWS denied", () => {
  it("is read from the output of Terraform, each action once", () => {
    const stderr = [
      "Error: creating ECS Cluster: User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: ecs:CreateCluster on resource: *",
      "Error: User: x is not authorized to perform: ec2:CreateVpc because no identity-based policy allows it",
      "Error: again: is not authorized to perform: ecs:CreateCluster",
    ].join("\n");
    const error = failure("The apply ended with 1.", { stdout: "", stderr });
    expect(deniedActions(error)).to.deep.equal(["ec2:CreateVpc", "ecs:CreateCluster"]);
  });

  it("is the name of the error if the error names no action", () => {
    const error = Object.assign(new Error("Access Denied"), { name: "AccessDenied" });
    expect(deniedActions(error)).to.deep.equal(["AccessDenied"]);
    expect(deniedActions(new Error("UnauthorizedOperation: You are not authorized"))).to.deep.equal([
      "UnauthorizedOperation",
    ]);
  });

  it("is an empty list if the error is no denial", () => {
    expect(deniedActions(new Error("no such host"))).to.deep.equal([]);
  });
});
