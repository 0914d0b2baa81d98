import { expect } from "chai";
import { copiesOfCode, type ManagedSettings } from "../../src/budget/copies-of-code.ts";

const SETTINGS: ManagedSettings = {
  runtime: "nodejs22.x",
  memoryMb: 4_096,
  memoryGibPerVcpu: 2,
  invocations: 64,
  nodeWorkers: undefined,
};

describe("copiesOfCode", () => {
  for (const [title, settings, expected] of [
    ["Node: eight for each vCPU", {}, 16],
    ["Node: as many as the variable says", { nodeWorkers: "3" }, 3],
    ["Node with a wrong variable: as without it", { nodeWorkers: "many" }, 16],
    ["Node with an unknown number of vCPUs: unknown", { memoryGibPerVcpu: undefined }, null],
    ["Python: one for each invocation", { runtime: "python3.13" }, 64],
    [
      "Python with an unknown number of invocations: unknown",
      { runtime: "python3.13", invocations: undefined },
      null,
    ],
    ["Java: one", { runtime: "java21" }, 1],
    ["an image: unknown", { runtime: undefined }, null],
  ] as const)
    it(title, () => {
      expect(copiesOfCode({ ...SETTINGS, ...settings })).to.equal(expected);
    });
});
