import { expect } from "chai";
import { parkingOf, type ParkingFacts } from "../../../src/engine/process/parking.ts";
import { node } from "../../../src/runtimes/node.ts";

const PLAIN: ParkingFacts = {
  environment: {},
  hasExtensions: false,
  isWrapped: false,
  rule: node.local.park ?? null,
};
const AT_START =
  "no environment is prepared ahead, because its extensions, or the libraries that its LD_… variables name, must be loaded first";
const ahead = (name: string): string =>
  `the runtime is started only at a cold start and not ahead, because the function sets ${name}`;

describe("what can be prepared before an environment is needed", () => {
  const cases: readonly (readonly [string, Partial<ParkingFacts>, string, string | null])[] = [
    ["a function without special settings", {}, "client", null],
    ["a function with extensions", { hasExtensions: true }, "none", AT_START],
    ["a variable that names libraries", { environment: { LD_PRELOAD: "x.so" } }, "none", AT_START],
    ["options for Node", { environment: { NODE_OPTIONS: "-r x" } }, "shell", ahead("NODE_OPTIONS")],
    ["a wrapper", { isWrapped: true }, "shell", ahead("AWS_LAMBDA_EXEC_WRAPPER")],
    ["a family whose client cannot wait", { rule: null }, "shell", null],
  ];
  for (const [what, facts, process, slow] of cases) {
    it(`${what}: ${process}, and ${slow === null ? "nothing is said" : "the reason is said"}`, () => {
      expect(parkingOf({ ...PLAIN, ...facts })).to.deep.equal({ process, slow });
    });
  }
});
