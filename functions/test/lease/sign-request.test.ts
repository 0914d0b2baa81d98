import { AwsV4Signer } from "aws4fetch";
import { expect } from "chai";
import fc from "fast-check";
import { signRequest } from "../../src/lease/sign-request.ts";
import { propertyCases } from "../../../harness/test/support/test-all.ts";

const word = fc.string({ unit: fc.constantFrom(..."abcXYZ019/+="), minLength: 1, maxLength: 40 });

describe("signRequest", () => {
  it("returns the same signature as an independent implementation", async () => {
    const property = fc.asyncProperty(
      word,
      word,
      fc.option(word),
      fc.json(),
      fc.date({ min: new Date("2000-01-01"), max: new Date("2099-01-01"), noInvalidDate: true }),
      async (id, secret, token, body, now) => {
        const headers = {
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": "DynamoDB_20120810.GetItem",
        };
        const credentials = { accessKeyId: id, secretAccessKey: secret, sessionToken: token };
        const ours = signRequest({
          service: "dynamodb",
          region: "eu-central-1",
          host: "127.0.0.1:8000",
          headers,
          body,
          credentials,
          now,
        });
        const theirs = await new AwsV4Signer({
          method: "POST",
          url: "http://127.0.0.1:8000/",
          headers,
          body,
          service: "dynamodb",
          region: "eu-central-1",
          accessKeyId: id,
          secretAccessKey: secret,
          ...(token === null ? {} : { sessionToken: token }),
          datetime: now.toISOString().replace(/[-:]|\.\d{3}/g, ""),
          allHeaders: true,
        }).sign();
        expect(ours["authorization"]).to.equal(theirs.headers.get("authorization"));
      },
    );
    await fc.assert(property, propertyCases(50));
  });
});
