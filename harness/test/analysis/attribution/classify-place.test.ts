import { expect } from "chai";
import { classifyPlace } from "../../../src/analysis/attribution/classify-place.ts";
import { partial } from "../partial.ts";

describe("a place that another process of the attempt's environment used", () => {
  const environment = { boots: [{ beside: null }, { beside: null }] };
  const boots = [1, 2].map((number) => ({ environment, number }));
  const use = (holder: number, attempting: number) =>
    classifyPlace(
      partial({}),
      partial({ by: "function", hold: { boot: boots[holder], environment } }),
      partial({ attempt: { boot: boots[attempting], environment }, span: { from: 0, to: 1 } }),
    );

  it("is idle if that process was an earlier one, which has ended", () => {
    expect(use(0, 1)).to.equal("idle");
  });

  it("is unknown if that process was a later one", () => {
    expect(use(1, 0)).to.equal("unknown");
  });
});
