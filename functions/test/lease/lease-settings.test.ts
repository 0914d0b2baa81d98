import { expect } from "chai";
import { readLeaseSettings } from "../../src/lease/lease-settings.ts";

const GIVEN = {
  LEASE_TABLE: "leases",
  AWS_LAMBDA_FUNCTION_NAME: "my-function",
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "id",
  AWS_SECRET_ACCESS_KEY: "secret",
};

describe("readLeaseSettings", () => {
  it("returns the defaults for absent variables", () => {
    expect(readLeaseSettings(GIVEN)).to.deep.equal({
      table: "leases",
      key: "my-function",
      leaseMs: 2_000,
      renewMs: 500,
      waitMs: 3_000,
      clockMarginMs: 500,
      region: "eu-central-1",
      endpoint: null,
      credentials: { accessKeyId: "id", secretAccessKey: "secret", sessionToken: null },
    });
  });

  it("reads given times, a given endpoint and a given key", () => {
    const times = {
      LEASE_MS: "400",
      LEASE_RENEW_MS: "100",
      LEASE_WAIT_MS: "600",
      LEASE_CLOCK_MARGIN_MS: "50",
    };
    const settings = readLeaseSettings({
      ...GIVEN,
      ...times,
      LEASE_KEY: "plc",
      AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:8000/",
      AWS_SESSION_TOKEN: "t",
    });
    expect(settings).to.deep.include({
      key: "plc",
      leaseMs: 400,
      renewMs: 100,
      waitMs: 600,
      clockMarginMs: 50,
      endpoint: "http://127.0.0.1:8000",
    });
  });

  const wrong: readonly (readonly [string, Record<string, string>, RegExp])[] = [
    ["no table", { LEASE_TABLE: "" }, /LEASE_TABLE is missing/],
    [
      "a length of the lease that is not a number",
      { LEASE_MS: "2s" },
      /LEASE_MS must be whole milliseconds from 100 to 999999, not "2s"/,
    ],
    [
      "an endpoint that is not a URL",
      { AWS_ENDPOINT_URL_DYNAMODB: "localhost:8000" },
      /AWS_ENDPOINT_URL_DYNAMODB must be a URL/,
    ],
    [
      "renewals that come too late",
      { LEASE_RENEW_MS: "1000" },
      /LEASE_RENEW_MS must be less than half of LEASE_MS/,
    ],
    [
      "several mistakes at once",
      { LEASE_TABLE: "", AWS_REGION: "", LEASE_MS: "1" },
      /LEASE_TABLE is missing.*; LEASE_MS must be.*; AWS_REGION is missing/,
    ],
  ];
  for (const [name, variables, message] of wrong) {
    it(`refuses ${name}`, () => {
      expect(() => readLeaseSettings({ ...GIVEN, ...variables })).to.throw(message);
    });
  }
});
