import { expect } from "chai";
import { backendOverride } from "../../../scripts/infra/workspace.ts";

describe("the state of a deployment in S3", () => {
  const state = { bucket: "states", key: "longrun.tfstate" };

  it("is encrypted with the key of STATE_KMS_KEY", () => {
    const text = backendOverride(state, "arn:aws:kms:eu-central-1:123456789012:key/one", "eu-central-1");
    expect(text).to.include('    kms_key_id   = "arn:aws:kms:eu-central-1:123456789012:key/one"\n');
  });

  it("is encrypted as the bucket does it without STATE_KMS_KEY", () => {
    const text = backendOverride(state, null, "eu-central-1");
    expect(text)
      .to.match(/encrypt += true/)
      .and.not.include("kms_key_id");
  });
});
