import { expect } from "chai";
import { transformSync } from "esbuild";
import { runInNewContext } from "node:vm";
import { findMutants } from "../../../scripts/mutants/find-mutants.ts";
import { plantMutants } from "../../../scripts/mutants/plant-mutants.ts";

const SOURCE = "const f = (a: number, b: number): boolean => !(a < 2 && b < 3);\nf(given.a, given.b);";
const mutants = findMutants("a.ts", SOURCE).map((one, index) => ({ ...one, number: index + 1 }));
const planted = transformSync(plantMutants(SOURCE, mutants), { loader: "ts" }).code;

/** Returns the value of the source with this mutant, and the mutants that it asked for. */
function valueWith(
  mutant: number,
  a: number,
  b: number,
): { readonly value: unknown; readonly asked: number[] } {
  const asked: number[] = [];
  const longrunMutant = (number: number): boolean => {
    asked.push(number);
    return number === mutant;
  };
  return { value: runInNewContext(planted, { longrunMutant, given: { a, b } }) as unknown, asked };
}

describe("planted mutants", () => {
  it("change nothing as long as none is selected", () => {
    for (const [a, b] of [
      [1, 1],
      [1, 3],
      [2, 1],
      [3, 4],
    ] as const)
      expect(valueWith(0, a, b).value).to.equal(!(a < 2 && b < 3));
  });

  it("act only if they are selected, one inside another too", () => {
    const changed = mutants.filter(
      ({ number }) => valueWith(number, 2, 2).value !== valueWith(0, 2, 2).value,
    );
    expect(changed.map(({ code, becomes }) => [code, becomes])).to.deep.equal([
      ["!(a < 2 && b < 3)", "(a < 2 && b < 3)"],
      ["a < 2 && b < 3", "(a < 2) || (b < 3)"],
      ["a < 2", "(a) <= (2)"],
      ["2", "3"],
      ["f(given.a, given.b)", "undefined"],
    ]);
  });

  it("are asked for only if their expression is evaluated", () => {
    const ofB = mutants.filter(({ code }) => code === "b < 3" || code === "3").map(({ number }) => number);
    expect(valueWith(0, 5, 1).asked.filter((number) => ofB.includes(number))).to.deep.equal([]);
    expect(valueWith(0, 1, 1).asked).to.include.members(ofB);
  });
});
