import { expect } from "chai";
import { closestName } from "../../src/settings/closest-name.ts";

const NAMES = ["duration", "interval", "platform", "seed", "peer", "env"];

describe("closestName", () => {
  for (const { typed, closest } of [
    { typed: "durration", closest: "duration" },
    { typed: "platfrom", closest: "platform" },
    { typed: "sede", closest: "seed" },
    { typed: "SEED", closest: "seed" },
    { typed: "pere", closest: "peer" },
    { typed: "colour", closest: null },
    { typed: "x", closest: null },
  ]) {
    it(`finds ${closest ?? "no name"} for ${typed}`, () => {
      expect(closestName(typed, NAMES)).to.equal(closest);
    });
  }
});
