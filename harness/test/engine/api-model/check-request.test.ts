import { expect } from "chai";
import fc from "fast-check";
import { mistakesOf } from "../../../src/engine/api-model/check-request.ts";
import { inputOf, servedOperations } from "../../../src/engine/api-model/request-model.ts";

const FUNCTION = { FunctionName: "f", Role: "arn:aws:iam::123456789012:role/r", Code: {} };
const text = (operation: string, sent: Record<string, unknown>): string | undefined =>
  mistakesOf("lambda", operation, sent)?.text;

describe("the check of a request against the API model", () => {
  it("names every mistake with AWS's error message", () => {
    expect(
      mistakesOf("lambda", "CreateFunction", { ...FUNCTION, Code: null, Timeout: 0, MemorySize: 64 }),
    ).to.deep.equal({
      kind: "limits",
      text: "3 validation errors detected: Value null at 'code' failed to satisfy constraint: Member must not be null; Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1; Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
    });
  });

  it("names the structure, list or map that has the mistake", () => {
    expect(text("CreateFunction", { ...FUNCTION, TracingConfig: { Mode: "On" } })).to.equal(
      "1 validation error detected: Value 'On' at 'tracingConfig.mode' failed to satisfy constraint: Member must satisfy enum value set: [Active, PassThrough]",
    );
    expect(text("CreateFunction", { ...FUNCTION, VpcConfig: { SubnetIds: ["a"] } })).to.equal(
      "1 validation error detected: Value '[a]' at 'vpcConfig.subnetIds' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: subnet-[0-9a-z]*]",
    );
    expect(text("CreateFunction", { ...FUNCTION, Tags: { "ä!": "1" } })).to.match(
      /^1 validation error detected: Value '\{ä!=1\}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: \[.*\]$/,
    );
    expect(
      mistakesOf("logs", "PutLogEvents", {
        logGroupName: "g",
        logStreamName: "s",
        logEvents: [{ timestamp: 1 }],
      })?.text,
    ).to.equal(
      "1 validation error detected: Value null at 'logEvents.1.member.message' failed to satisfy constraint: Member must not be null",
    );
  });

  it("does not repeat the values of environment variables", () => {
    expect(
      text("CreateFunction", { ...FUNCTION, Environment: { Variables: { "1": "secret" } } }),
    ).not.to.include("secret");
  });

  it("reports a member with the wrong type before everything else", () => {
    expect(mistakesOf("lambda", "CreateFunction", { Timeout: "3" })).to.deep.equal({
      kind: "type",
      text: "'Timeout' must be an integer, found string",
    });
  });

  it("accepts regions and ARNs of every partition", () => {
    for (const region of ["eusc-de-east-1", "us-gov-west-1", "us-isob-east-1", "eu-central-1"])
      expect(
        text("GetFunction", { FunctionName: `arn:aws:lambda:${region}:123456789012:function:f` }),
      ).to.equal(undefined);
    const layer = `arn:aws:lambda:eu-central-1:123456789012:layer:${"l".repeat(1_000)}:1`;
    expect(text("GetLayerVersionByArn", { Arn: layer })).to.equal(undefined);
    expect(text("RemovePermission", { FunctionName: "f", StatementId: "with.dots" })).to.equal(undefined);
  });

  it("never throws, whatever is sent", () => {
    const operations = servedOperations("lambda").filter(
      (operation) => inputOf("lambda", operation) !== null,
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...operations),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (operation, others) => {
          const members = Object.keys(inputOf("lambda", operation)?.members ?? {});
          const sent = Object.fromEntries(
            members.map((name, index) => [name, Object.values(others)[index] ?? "x"]),
          );
          expect(mistakesOf("lambda", operation, { ...others, ...sent })?.text ?? "").to.be.a("string");
        },
      ),
    );
  });
});
