import { expect } from "chai";
import { readEnvironment } from "../../../functions/src/environment.ts";
import { ATTEMPT_MS_MAX } from "../../src/words/time-limits.ts";

describe("the limit of an attempt to reach the peer", () => {
  it("is the connect time-out that the shipped functions have by default", () => {
    const { connectTimeoutMs } = readEnvironment({ PEER_HOST: "peer", PEER_PORT: "7000" });
    expect(connectTimeoutMs).to.equal(ATTEMPT_MS_MAX);
  });
});
