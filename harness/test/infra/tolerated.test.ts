import { expect } from "chai";
import { onlyNothingHappened, toleranceText } from "../../../scripts/infra/tolerated.ts";

describe("infrastructure: a result that TOLERATE=no-exposure accepts", () => {
  const one = (verdict: string, reasons: readonly string[], succeeded = 15) => ({
    verdict,
    reasons,
    invocations: { succeeded },
  });

  for (const [title, verdict, functions, passes] of [
    ["nothing happened", "inconclusive", [one("inconclusive", ["no-exposure"])], true],
    [
      "nothing happened to a design with a flaw",
      "inconclusive",
      [one("inconclusive", ["no-exposure", "discipline"]), one("pass", [])],
      true,
    ],
    [
      "no invocation was served",
      "inconclusive",
      [one("inconclusive", ["no-exposure"]), one("inconclusive", ["no-exposure"], 0)],
      false,
    ],
    [
      "evidence is missing too",
      "inconclusive",
      [one("inconclusive", ["no-exposure", "evidence-missing"])],
      false,
    ],
    ["a failure is unexplained", "inconclusive", [one("inconclusive", ["accounting"])], false],
    ["a function fails", "fail", [one("fail", ["harm"]), one("inconclusive", ["no-exposure"])], false],
  ] as const) {
    it(`${passes ? "is" : "is not"} a soak in which ${title}`, () => {
      expect(onlyNothingHappened({ verdict, functions })).to.equal(passes);
    });
  }

  it("is reported in one line, which a workflow shows as a warning", () => {
    const line = toleranceText(false);
    expect(line).to.match(/^Inconclusive, and tolerated \(TOLERATE=no-exposure\): .*\.\n$/);
    expect(toleranceText(true)).to.equal(`::warning title=The soak is inconclusive::${line}`);
  });
});
