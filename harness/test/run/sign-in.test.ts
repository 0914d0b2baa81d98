import { expect } from "chai";
import type { SignedOut } from "../../src/words/signed-out.ts";
import { durationMs } from "../../src/base/time.ts";
import { soakUnderTest, eventTexts, type Outcome } from "./soak-under-test.ts";

const MINUTE = 60_000;

/**
 * A soak of twenty minutes with one invocation each minute. The calls `from` to `to` fail because there are no credentials, or because AWS
 * refuses them (`how`).
 */
const soak = (how: SignedOut, from: number, to: number): Promise<Outcome> =>
  soakUnderTest({
    input: { duration: durationMs(20 * MINUTE), interval: durationMs(MINUTE) },
    answer: (n) =>
      n < from || n > to
        ? {}
        : {
            signedOut: how,
            reportAfter: null,
            outcome: { outcome: "invocation-error", errorType: null, errorMessage: "Why", status: null },
          },
  });
const skipped = ({ journal }: Outcome): readonly string[] =>
  eventTexts(journal).filter((text) => text.endsWith("skipped"));
const stops = ({ journal }: Outcome): readonly string[] =>
  eventTexts(journal).filter((text) => text.startsWith("stop"));

describe("a soak without valid credentials", () => {
  it("continues when credentials are available again, and accounts for every due time", async () => {
    const run = await soak("no-credentials", 3, 11);
    expect([skipped(run).length, stops(run)]).to.deep.equal([9, ["stop: duration"]]);
    expect(run.said.filter((sentence) => sentence.includes("credentials"))).to.deep.equal([
      "there are no AWS credentials, trying again for ten minutes: Why",
    ]);
  });

  it("ends after ten minutes without credentials", async () => {
    const run = await soak("no-credentials", 3, 20);
    expect([skipped(run).at(-1), stops(run)]).to.deep.equal(["one 13 skipped", ["stop: signed-out"]]);
  });

  it("ends immediately when AWS refuses the credentials", async () => {
    const run = await soak("refused", 3, 20);
    expect([skipped(run), stops(run)]).to.deep.equal([["one 3 skipped"], ["stop: signed-out"]]);
  });
});
