import { expect } from "chai";
import type { InvocationResult } from "../../../src/domain/run-result.ts";
import { REASON_SENTENCE } from "../../../src/report/wording/fixed-words.ts";
import { reasonSentence } from "../../../src/report/wording/reason-sentence.ts";
import { passingFunction } from "../fixture-result.ts";

/** A function whose first invocations failed for these causes. */
function failedFor(...failed: readonly (string | null)[]) {
  const { invocationList } = passingFunction();
  return {
    invocationList: invocationList.map((one, index): InvocationResult =>
      index < failed.length ? { ...one, outcome: "function-error", cause: failed[index] ?? null } : one,
    ),
  };
}

describe("reasonSentence", () => {
  it("says that the server denied the function if nothing else is unexplained", () => {
    expect(reasonSentence("unexplained-failure", failedFor("peer-error", "crash"))).to.equal(
      "The server denied the function, so its invocations failed without showing whether the peer was held.",
    );
  });

  it("returns the reason's usual sentence otherwise", () => {
    const unexplained = REASON_SENTENCE["unexplained-failure"];
    expect([
      reasonSentence("unexplained-failure", failedFor("peer-error", null)),
      reasonSentence("unexplained-failure", failedFor(null)),
      reasonSentence("accounting", failedFor("peer-error")),
    ]).to.deep.equal([unexplained, unexplained, REASON_SENTENCE.accounting]);
  });
});
