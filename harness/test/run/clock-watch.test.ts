import { expect } from "chai";
import { clockWatch } from "../../src/run/clock-watch.ts";
import { VirtualClock } from "./virtual-clock.ts";

describe("clockWatch", () => {
  it("returns by how much the clock was changed, once for each change of one second or more", () => {
    const clock = new VirtualClock();
    const changed = clockWatch(clock);
    const told = [-3_600_000, 0, 1_000, -999, 0].map((byMs) => {
      clock.change(byMs);
      return changed();
    });
    expect(told).to.deep.equal([-3_600_000, 0, 1_000, 0, 0]);
  });

  it("tells nothing of a slow drift, however large its sum is", () => {
    const clock = new VirtualClock();
    const changed = clockWatch(clock);
    const told = Array.from({ length: 100 }, () => {
      clock.change(-50);
      return changed();
    });
    expect(new Set(told)).to.deep.equal(new Set([0]));
  });
});
