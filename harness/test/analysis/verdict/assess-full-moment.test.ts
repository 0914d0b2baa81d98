import { expect } from "chai";
import { epochMs } from "../../../src/base/time.ts";
import { assessFullMoment } from "../../../src/analysis/verdict/assess-full-moment.ts";
import { partial } from "../partial.ts";

/** All places of the peer were taken at one moment of the attempt, some of them by the process of the attempt itself. */
describe("assessFullMoment", () => {
  const own = { environment: { id: "own" } };
  const busy = {
    environment: {
      id: "busy",
      firstLine: 0,
      init: null,
      invocations: [{ start: 10, end: 90, endedBy: "report" }],
    },
  };
  const holdOf = (boot: { readonly environment: object }) => ({
    boot,
    environment: boot.environment,
    peer: { acceptedAt: 20, endedAt: 80 },
    link: null,
  });
  const attempt = { outcome: "refused", boot: own, environment: own.environment };
  const assessed = (holds: readonly object[], strangers: readonly string[]) =>
    assessFullMoment(partial({ local: true, holds, refused: [], skew: [] }), partial(attempt), {
      span: { from: epochMs(50), to: epochMs(60) },
      held: strangers.map((name) => ({ by: "stranger", name })),
      places: 2,
    });

  it("is the function's own fault if its process held all places", () => {
    expect(assessed([holdOf(own), holdOf(own)], [])).to.deep.equal({
      judged: "not-harmed",
      why: "own-connections",
      strangers: [],
    });
  });

  it("is a full peer if another environment was at work on one place", () => {
    expect(assessed([holdOf(own), holdOf(busy)], [])).to.deep.include({ why: "peer-full" });
  });

  it("is a full peer if a stranger held one place", () => {
    expect(assessed([holdOf(own)], ["10.0.0.9"])).to.deep.equal({
      judged: "not-harmed",
      why: "peer-full",
      strangers: ["10.0.0.9"],
    });
  });

  it("decides nothing if a place was free", () => {
    expect(assessed([holdOf(own)], [])).to.equal(null);
  });
});
