import { expect } from "chai";
import { removalRows } from "../../../../scripts/infra/verify/removal-rows.ts";
import { confirmed, differs } from "../../../../scripts/infra/verify/probe.ts";
import type { EverythingSeen } from "../../../../scripts/infra/verify/see-everything.ts";

describe("infrastructure: the rows that a verification checks when it removes what it made", () => {
  const clean = { swept: { left: [], unknown: [] }, failures: [] };
  const role = { boundaryArn: "arn", credentials: () => Promise.resolve({}) };
  const good: EverythingSeen = {
    role,
    denied: [],
    results: new Map([
      ["deploy", confirmed("")],
      ["whole", confirmed("")],
    ]),
  };
  const outcomes = (...given: Parameters<typeof removalRows>): object =>
    Object.fromEntries([...removalRows(...given)].map(([id, { outcome }]) => [id, outcome]));
  const full = { target: "aws", tier: "full" } as const;

  it("are confirmed if nothing was denied and nothing is left", () => {
    const all = { sweep: "confirmed", "github-roles": "confirmed", "vpc-destroy": "confirmed" };
    expect(outcomes(clean, good, full)).to.deep.equal(all);
  });

  it("say what the documented policies did not allow", () => {
    const failures = [new Error("is not authorized to perform: ec2:DeleteVpc on x")];
    const rows = removalRows({ ...clean, failures }, { ...good, denied: ["ecs:CreateCluster"] }, full);
    expect(rows.get("github-roles")).to.deep.equal(
      differs("The documented policies do not allow: ecs:CreateCluster, ec2:DeleteVpc."),
    );
    expect(rows.get("vpc-destroy")?.outcome).to.equal("differs");
  });

  it("are not reached or absent, except the row of the sweep, if the deployment failed although nothing was denied", () => {
    const failed = { ...good, results: new Map([["deploy", differs("")] as const]) };
    expect(outcomes(clean, failed, full)).to.deep.equal({
      sweep: "confirmed",
      "github-roles": "not reached",
    });
  });

  it("consist only of the row of the sweep in tier lambda", () => {
    const left = { swept: { left: ["role lrv-1"], unknown: [] }, failures: [] };
    expect(outcomes(left, good, { ...full, tier: "lambda" })).to.deep.equal({ sweep: "differs" });
  });

  it("are not reached with TARGET=local, except the row of the sweep", () => {
    const local = { target: "local", tier: "full" } as const;
    const all = { sweep: "confirmed", "github-roles": "not reached", "vpc-destroy": "not reached" };
    expect(outcomes(clean, good, local)).to.deep.equal(all);
  });
});
