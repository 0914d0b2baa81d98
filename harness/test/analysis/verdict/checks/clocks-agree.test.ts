import { expect } from "chai";
import { clocksAgree } from "../../../../src/analysis/verdict/checks/clocks-agree.ts";
import { partial } from "../../partial.ts";

/** A peer in another time zone: its times differ by about a whole number of quarters of an hour. */
describe("the check of the clocks", () => {
  const HOUR_MS = 3_600_000;
  const found = (
    between: "peer-and-functions" | "driver-and-functions",
    [atLeastMs, atMostMs]: readonly [number, number],
    clockToleranceMs: number,
  ) => {
    const bound = { between, atLeastMs, atMostMs, beyond: true, contradictory: false };
    const history = { settings: { clockToleranceMs }, skew: [bound] };
    return clocksAgree.run(partial({ history }))[0]?.parameters;
  };
  const range = (between: string, atLeastMs: number | null, atMostMs: number | null) => ({
    between,
    atLeastMs,
    atMostMs,
  });

  it("says at which zone the peer's times fit", () => {
    expect(found("peer-and-functions", [HOUR_MS - 100, HOUR_MS + 200], 1_000)).to.deep.equal({
      toleranceMs: 1_000,
      fitsAtMs: HOUR_MS,
      ...range("peer-and-functions", HOUR_MS - 100, HOUR_MS + 200),
    });
  });

  for (const [title, between, bounds, toleranceMs, shown] of [
    ["of the driver", "driver-and-functions", [HOUR_MS, HOUR_MS], 1_000, [HOUR_MS, HOUR_MS]],
    [
      "without an upper bound",
      "peer-and-functions",
      [2 * HOUR_MS, Infinity],
      1.5 * HOUR_MS,
      [2 * HOUR_MS, null],
    ],
    [
      "without a lower bound",
      "peer-and-functions",
      [-Infinity, -2 * HOUR_MS],
      1.5 * HOUR_MS,
      [null, -2 * HOUR_MS],
    ],
    ["that is near no zone", "peer-and-functions", [400_000, 400_000], 1_000, [400_000, 400_000]],
    ["that is near no shift", "peer-and-functions", [100_000, 200_000], 900_000, [100_000, 200_000]],
  ] as const)
    it(`names no zone for a clock ${title}`, () => {
      expect(found(between, bounds, toleranceMs)).to.deep.equal({
        toleranceMs,
        ...range(between, shown[0], shown[1]),
      });
    });
});
