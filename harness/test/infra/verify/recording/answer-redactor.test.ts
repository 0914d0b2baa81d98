import { expect } from "chai";
import { AnswerRedactor } from "../../../../../scripts/infra/verify/recording/answer-redactor.ts";

const NAMES = { "lrv-1a2b": "verified", "eu-central-1": "<region>" };
const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
const OTHER_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const HEX = "3cb5cfea0123456789abcdef01234567";

describe("AnswerRedactor", () => {
  for (const { what, given, becomes } of [
    {
      what: "the name, Region and account in an ARN of the deployment",
      given: "arn:aws:lambda:eu-central-1:210987654321:function:lrv-1a2b-probe:1",
      becomes: "arn:aws:lambda:<region>:<account>:function:verified-probe:1",
    },
    {
      what: "the name and account in the ARN of a role of the deployment",
      given: "arn:aws:iam::210987654321:role/lrv-1a2b-probe",
      becomes: "arn:aws:iam::<account>:role/verified-probe",
    },
    {
      what: "the whole ARN of anything that is neither of the deployment nor of AWS itself",
      given:
        "User: arn:aws:sts::210987654321:assumed-role/Admin/mary is not authorized on arn:aws:kms:eu-central-1:210987654321:key/k",
      becomes: "User: <arn:1> is not authorized on <arn:2>",
    },
    {
      what: "the whole ARN of a session in a role of the deployment",
      given: "arn:aws:sts::210987654321:assumed-role/lrv-1a2b-apply/mary",
      becomes: "<arn:1>",
    },
    {
      what: "only the Region and the id in AWS's own ARNs",
      given: `arn:aws:lambda:eu-central-1::runtime:${HEX}${HEX}`,
      becomes: "arn:aws:lambda:<region>::runtime:<hex:1>",
    },
    {
      what: "ids of requests",
      given: `RequestId: ${ID} Version: $LATEST`,
      becomes: "RequestId: <uuid:1> Version: $LATEST",
    },
    { what: "log streams", given: `2026/11/26/[$LATEST]${HEX}`, becomes: "2026/11/26/[$LATEST]<hex:1>" },
    {
      what: "traces",
      given: "root=1-6926f1a2-0123456789abcdef01234567;sampled=0",
      becomes: "root=<trace:1>;sampled=0",
    },
    { what: "addresses", given: "10.0.1.12:40112 and 2001:db8:0:1::7", becomes: "<ip:1>:40112 and <ip:2>" },
    {
      what: "links, with their signatures",
      given: 'at "https://x.example/a?X-Amz-Security-Token=abc"',
      becomes: 'at "<url>"',
    },
    { what: "networks", given: "subnet-0a1b2c3d4e5f60718 in vpc-0a1b2c3d", becomes: "<id:1> in <id:2>" },
    { what: "keys of users", given: "AKIAIOSFODNN7EXAMPLE", becomes: "<id:1>" },
    { what: "people", given: "mary.poe@example.com", becomes: "<email:1>" },
    { what: "hashes", given: "kXmPoG1Zqk1Jz2bN0x5qk3Jf7yqv8nJmB3lC1nB2hQE=", becomes: "<sha256>" },
    { what: "tokens", given: "IQoJb3JpZ2luX2VjEJr//////////wEaCWV1LXdlc3QtMSJHMEUCIQ", becomes: "<token:1>" },
  ])
    it(`replaces ${what}`, () => {
      expect(new AnswerRedactor(NAMES).text(given)).to.equal(becomes);
    });

  it("keeps times, numbers, words and the names of members", () => {
    const answer = {
      LastModified: "2026-11-26T13:31:36.533+0000",
      timestamp: 1_795_699_966_123,
      Version: "$LATEST",
      AllocatedProvisionedConcurrentExecutions: 1,
      Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
      message:
        '{"time":"2026-11-26T13:31:36.533Z","type":"platform.report","record":{"metrics":{"durationMs":5.12}}}',
      runtimeVersion: "nodejs:22.v50",
    };
    expect(new AnswerRedactor(NAMES).value(answer)).to.deep.equal(answer);
  });

  it("replaces equal values by the same placeholder, and different values by different placeholders", () => {
    const redactor = new AnswerRedactor(NAMES);
    expect(redactor.value([ID, { "x-amzn-requestid": OTHER_ID }, `RequestId: ${ID}`])).to.deep.equal([
      "<uuid:1>",
      { "x-amzn-requestid": "<uuid:2>" },
      "RequestId: <uuid:1>",
    ]);
  });

  it("replaces bytes, and the whole text of a member that is called a token or a secret", () => {
    const answer = { nextToken: "page 2", SecretAccessKey: "short", ZipFile: new Uint8Array(3) };
    expect(new AnswerRedactor(NAMES).value(answer)).to.deep.equal({
      nextToken: "<token:1>",
      SecretAccessKey: "<token:2>",
      ZipFile: "<bytes>",
    });
  });
});
