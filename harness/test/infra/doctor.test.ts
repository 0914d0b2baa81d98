import { expect } from "chai";

import { doctorArguments } from "../../../scripts/infra/doctor.ts";
import { soakArguments } from "../../../scripts/infra/soak.ts";

const functions = {
  "init-connect": { name: "longrun-init-connect", peer_log_group: "/longrun/longrun/peer/init-connect" },
  "handler-connect": { name: "longrun-handler-connect", peer_log_group: null },
};

describe("make doctor", () => {
  for (const [title, settings, deployed, expected] of [
    ["nothing deployed here", { target: "local", region: "us-east-1" }, null, "doctor"],
    [
      "something deployed here",
      { target: "local", region: "us-east-1" },
      { region: "us-east-1", endpoint: "http://127.0.0.1:1", architecture: "x86_64", functions },
      "doctor --region us-east-1 --endpoint http://127.0.0.1:1 --function handler-connect=longrun-handler-connect --function init-connect=longrun-init-connect",
    ],
    [
      "nothing deployed on AWS",
      { target: "aws", region: "eu-central-1" },
      null,
      "doctor --target aws --region eu-central-1",
    ],
    [
      "something deployed on AWS",
      { target: "aws", region: "eu-central-1" },
      {
        region: "eu-west-1",
        endpoint: null,
        architecture: "x86_64",
        functions: { one: { name: "longrun-one" } },
      },
      "doctor --target aws --region eu-west-1 --function one=longrun-one",
    ],
  ] as const) {
    it(`starts the tool with the right arguments if there is ${title}`, () => {
      expect(doctorArguments(settings, deployed).join(" ")).to.equal(expected);
    });
  }
});

describe("make longrun TARGET=aws", () => {
  it("reads the logs of managed peers", () => {
    const settings = {
      target: "aws",
      duration: "24h",
      platform: "typical",
      seed: "1",
      out: null,
      autoApprove: false,
    } as const;
    const given = soakArguments(settings, { region: "eu-central-1", endpoint: null, functions }).join(" ");
    expect(given).to.match(
      / --target aws --peer-log-group init-connect=\/longrun\/longrun\/peer\/init-connect$/,
    );
  });
});
