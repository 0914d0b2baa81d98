/** Tests the three last lines of a report: they are about the function that the reader has to act on, and name a next step that fits. */
import { expect } from "chai";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import { REASONS } from "../../../src/result/result-words.ts";
import { outcomeLines } from "../../../src/report/view/outcome-lines.ts";
import { viewModel } from "../../../src/report/view/view-model.ts";
import { failingFunction, fixtureResult, passingFunction } from "../fixture-result.ts";

const free = { expected: null, expectationMet: null };

function linesOf(
  functions: readonly FunctionResult[],
  run: Partial<RunResult["run"]> = {},
): readonly string[] {
  const whole = fixtureResult({ functions: [...functions] });
  const result = { ...whole, run: { ...whole.run, ...run } };
  return outcomeLines(result, viewModel(result)).map(({ label, text }) => `${label}: ${text}`);
}

describe("outcomeLines", () => {
  it("counts the harmed invocations and sends to the fix", () => {
    expect(linesOf([failingFunction(free)])).to.deep.equal([
      "Verdict: init-connect failed.",
      "Why: 12 of 60 invocations did not reach the peer, because another environment held it.",
      "Next: change the handler as docs/fix.md shows, then run the same again.",
    ]);
  });

  it("says where a changed handler is tried, if the evidence is logs", () => {
    expect(linesOf([failingFunction(free)], { target: "logs" }).at(-1)).to.equal(
      "Next: change the handler as docs/fix.md shows, then try it before you deploy it: longrun soak --code FILE.",
    );
  });

  it("is about the function whose expectation is not met, though another one failed as expected", () => {
    const [, why, next] = linesOf([
      failingFunction(),
      passingFunction({ expected: "fail", expectationMet: false }),
    ]);
    expect([why, next]).to.deep.equal([
      "Why: handler-connect: The hazard happened 3 times, and none of 60 invocations was prevented from reaching the peer.",
      "Next: handler-connect: correct --expect, or find out why the hazard did no harm this time (docs/checks.md#verdict).",
    ]);
  });

  it("says that nothing has to be changed after a pass", () => {
    expect(linesOf([passingFunction(free)]).at(-1)).to.equal(
      "Next: nothing has to be changed. docs/ci.md shows how a pipeline keeps it so.",
    );
  });

  it("does not advise --provoke to a run that used it", () => {
    const unexposed = passingFunction({ ...free, verdict: "inconclusive", reasons: ["no-exposure"] });
    expect([
      linesOf([unexposed]).at(-1),
      linesOf([unexposed], { provoked: ["update"] }).at(-1),
    ]).to.deep.equal([
      "Next: make the hazard happen: longrun soak --provoke versions makes a second environment (docs/provoke.md).",
      "Next: run longer, or pull another lever of --provoke (docs/provoke.md).",
    ]);
  });

  it("has a reason and a next step for each reason of a verdict", () => {
    for (const reason of REASONS) {
      const [, why = "", next = ""] = linesOf([failingFunction({ ...free, reasons: [reason] })]);
      expect(
        [why.length, next.length].map((length) => length > 12),
        reason,
      ).to.deep.equal([true, true]);
    }
  });

  it("says which logs can be read if no function was judged", () => {
    expect(linesOf([])).to.deep.equal([
      "Verdict: No function was judged: the evidence names none.",
      "Next: docs/analyze.md says which logs can be read.",
    ]);
  });
});
