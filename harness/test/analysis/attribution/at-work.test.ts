import { expect } from "chai";
import { isIdleSoFar } from "../../../src/analysis/attribution/at-work.ts";
import { partial } from "../partial.ts";

describe("isIdleSoFar", () => {
  const environment = {
    ...{ logsDropped: false, unread: { lines: 0 }, unrecognised: new Map(), boots: [], firstLine: 0 },
    ...{ init: null, keptInvocations: [{ start: 10, end: 20, endedBy: "report" }] },
  };
  const idle = (contradictory: boolean, from: number): boolean =>
    isIdleSoFar(
      partial({
        local: true,
        skew: [{ contradictory: false }, { contradictory }],
        driver: null,
        keptInvocations: [],
      }),
      partial(environment),
      { from, to: 40 },
    );

  it("is true after the environment's last invocation, and false during it", () => {
    expect([idle(false, 30), idle(false, 15)]).to.deep.equal([true, false]);
  });

  it("is false if the clocks of two environments differ", () => {
    expect(idle(true, 30)).to.equal(false);
  });
});
