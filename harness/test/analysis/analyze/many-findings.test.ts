import { expect } from "chai";
import { runCheck, type CheckInput } from "../../../src/analysis/verdict/checks/check.ts";

const found = (amount: number) =>
  runCheck(
    {
      name: "one",
      kind: "exposure",
      run: () =>
        Array.from({ length: amount }, (_, n) => ({
          status: "found",
          code: "source-unreadable",
          parameters: { source: `${n}` },
        })),
    },
    {} as CheckInput,
  ).map(({ code, parameters }) => ({ code, parameters }));

const numbered = (n: number) => ({ code: "source-unreadable", parameters: { source: `${n}` } });

describe("findings of one check", () => {
  it("are listed one by one up to 40", () => {
    expect(found(40)).to.have.lengthOf(40);
    expect(found(40).at(-1)).to.deep.equal(numbered(39));
  });

  it("if there are more than 40, are selected evenly from the run, and the others are only counted", () => {
    const texts = found(400);
    expect([texts[0], texts[1], texts[39], texts[40], texts.length]).to.deep.equal([
      numbered(0),
      numbered(10),
      numbered(390),
      { code: "more-findings", parameters: { findings: 360 } },
      41,
    ]);
  });
});
