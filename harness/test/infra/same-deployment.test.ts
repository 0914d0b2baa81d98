import { expect } from "chai";
import { EXIT } from "../../src/words/exit-codes.ts";
import { refusalOf } from "./refusal-of.ts";
import { deploymentOf, refuseOtherDeployment } from "../../../scripts/infra/same-deployment.ts";
import { parseState } from "../../../scripts/infra/terraform-json.ts";

describe("infrastructure: the check that a state belongs to only one deployment", () => {
  const role = { type: "aws_iam_role", mode: "managed" };
  const made = (attributes: object) => ({ ...role, instances: [{ attributes }] });
  const place = { target: "aws", state: null, folder: "/c/.longrun/aws" } as const;
  const held = (content: object) => deploymentOf(parseState(JSON.stringify(content)));

  it("reads the name and the Region of the deployment", () => {
    const state = {
      outputs: { region: { value: "us-east-1" } },
      resources: [made({ tags_all: { Longrun: "a" } })],
    };
    expect(held(state)).to.deep.equal({ name: "a", region: "us-east-1" });
  });

  it("reads the name and the Region if the state has no outputs because the apply was interrupted", () => {
    const resources = [
      {
        type: "aws_region",
        mode: "data",
        instances: [{ attributes: { arn: "arn:aws:logs:eu-west-3:1:x" } }],
      },
      made({ arn: "arn:aws:iam::1:role/a-x" }),
      made({ arn: "arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/a-x", tags_all: { Longrun: "a" } }),
    ];
    expect(held({ resources })).to.deep.equal({ name: "a", region: "eu-west-1" });
  });

  it("treats an empty state as no deployment", () => {
    const preflight = { type: "terraform_data", mode: "managed", instances: [{ attributes: {} }] };
    expect([held({ resources: [preflight] }), held({})]).to.deep.equal([null, null]);
  });

  it("refuses another Region, and says how to keep one deployment or both", () => {
    const { code, message, hint } = refusalOf(() => {
      refuseOtherDeployment(
        { name: "longrun", region: "us-east-1" },
        { name: "longrun", region: "eu-west-1" },
        place,
      );
    });
    expect([EXIT[code], message]).to.deep.equal([
      64,
      "The state in /c/.longrun/aws belongs to the deployment with REGION=us-east-1. Given: REGION=eu-west-1. Nothing was changed.",
    ]);
    expect(hint?.split("\n")).to.deep.equal([
      "To continue with the existing deployment: REGION=us-east-1.",
      "To move the deployment: make destroy TARGET=aws REGION=us-east-1, then deploy again.",
      "To have both deployments: give every command of the second deployment LONGRUN_DATA=/c/.longrun/aws-eu-west-1, so that it has a separate state.",
    ]);
  });

  it("refuses another name for a state in a bucket, and says how to keep both deployments", () => {
    const { message, hint } = refusalOf(() => {
      refuseOtherDeployment(
        { name: "longrun", region: "us-east-1" },
        { name: "b", region: "us-east-1" },
        { ...place, state: { bucket: "acme", key: "longrun.tfstate" } },
      );
    });
    expect(message).to.contain(
      "The state s3://acme/longrun.tfstate belongs to the deployment with NAME=longrun. Given: NAME=b.",
    );
    expect(hint).to.contain(
      "To have both deployments: give every command of the second deployment another STATE=s3://BUCKET/KEY",
    );
  });

  it("accepts the same deployment, and a deployment whose name or Region is unknown", () => {
    for (const there of [null, { name: "a", region: "us-east-1" }, { name: null, region: "us-east-1" }])
      refuseOtherDeployment(there, { name: "a", region: "us-east-1" }, place);
  });
});
