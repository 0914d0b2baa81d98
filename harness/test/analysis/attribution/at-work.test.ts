import { expect } from "chai";
import { epochMs } from "../../../src/base/time.ts";
import { isIdleSoFar } from "../../../src/analysis/attribution/at-work.ts";
import { partial } from "../partial.ts";

describe("isIdleSoFar", () => {
  const environment = {
    ...{ logsDropped: false, unread: { lines: 0 }, unrecognised: new Map(), boots: [], firstLine: 0 },
    ...{ init: null, invocations: [{ start: 10, end: 20, endedBy: "report" }] },
  };
  const idle = (contradictory: boolean, from: number, changed: object = {}): boolean =>
    isIdleSoFar(
      partial({
        local: true,
        skew: [{ contradictory: false }, { contradictory }],
        driver: null,
        invocations: [],
      }),
      partial({ ...environment, ...changed }),
      { from: epochMs(from), to: epochMs(40) },
    );

  it("is true after the environment's last invocation, and false during it", () => {
    expect([idle(false, 30), idle(false, 15)]).to.deep.equal([true, false]);
  });

  it("is false if the clocks of two environments differ", () => {
    expect(idle(true, 30)).to.equal(false);
  });

  for (const [title, changed] of [
    ["its log lost lines", { logsDropped: true }],
    ["one line of its log cannot be read", { unread: { lines: 1 } }],
    ["one type of record is not known", { unrecognised: new Map([["platform.later", 1]]) }],
    [
      "a line of one of its processes is missing",
      { boots: [{ missingLines: false }, { missingLines: true }] },
    ],
  ] as const)
    it(`is false if ${title}`, () => {
      expect(idle(false, 30, changed)).to.equal(false);
    });
});
