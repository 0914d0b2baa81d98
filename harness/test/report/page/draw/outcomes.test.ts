/** Tests the bars of outcomes: their intervals are round and not shorter than the time between two invocations. */
import { expect } from "chai";
import { binsOf, cadenceOf } from "../../../../src/report/page/draw/outcomes.ts";
import type { Frame } from "../../../../src/report/page/draw/frame.ts";
import { pictureOf } from "../../../../src/report/picture/picture-of.ts";
import { failingFunction, RUN_START } from "../../fixture-result.ts";

describe("the outcome chart", () => {
  const { invokes } = pictureOf(failingFunction(), RUN_START);
  const bins = (from: number, to: number, width: number): ReturnType<typeof binsOf> => {
    const frame = { left: 0, right: width, visible: { from, to } } as Frame;
    return binsOf(frame, invokes, cadenceOf(invokes));
  };

  it("counts every invocation once", () => {
    const whole = bins(-500, 61_200, 740);
    expect(whole.reduce((sum, { succeeded, failed }) => sum + succeeded + failed, 0)).to.equal(60);
    expect(whole.reduce((sum, { failed }) => sum + failed, 0)).to.equal(12);
  });

  it("counts invocations with unknown outcome apart, unless they were harmed", () => {
    const list = failingFunction().invocationList.map((each) => ({ ...each, outcome: "unknown" as const }));
    const { invokes: unknown } = pictureOf(failingFunction({ invocationList: list }), RUN_START);
    const frame = { left: 0, right: 100, visible: { from: -500, to: 61_200 } } as Frame;
    const sum = { succeeded: 0, failed: 0, unknown: 0 };
    for (const bin of binsOf(frame, unknown, cadenceOf(unknown)))
      for (const shown of ["succeeded", "failed", "unknown"] as const) sum[shown] += bin[shown];
    expect(sum).to.deep.equal({ succeeded: 0, failed: 12, unknown: 48 });
  });

  const widths = [
    { title: "one second if there is room", from: 0, to: 60_000, width: 740, step: 1_000 },
    { title: "more than a second if there is no room", from: 0, to: 60_000, width: 100, step: 10_000 },
    {
      title: "one second even when zoomed in, because no invocation comes more often",
      from: 10_000,
      to: 14_000,
      width: 740,
      step: 1_000,
    },
  ];
  for (const { title, from, to, width, step } of widths) {
    it(`has bars of ${title}`, () => {
      expect([...new Set(bins(from, to, width).map((bin) => bin.to - bin.from))]).to.deep.equal([step]);
    });
  }

  it("returns 0 as the time between invocations if there are fewer than two", () => {
    expect([cadenceOf([]), cadenceOf(invokes.slice(0, 1)), cadenceOf(invokes)]).to.deep.equal([0, 0, 1_000]);
  });
});
