import { expect } from "chai";
import { parseMutantOptions } from "../../../scripts/mutants/options.ts";
import { sample } from "../../../scripts/mutants/sample.ts";

const problemsOf = (...given: string[]): readonly string[] => {
  const parsed = parseMutantOptions(given);
  return "problems" in parsed ? parsed.problems.slice(0, -1) : [];
};

describe("the arguments of npm run mutants", () => {
  it("are by default a sample of the judging rooms", () => {
    expect(parseMutantOptions([])).to.deep.equal({ rooms: ["analysis", "evidence"], sample: 200, seed: 1 });
  });

  it("name a room, how many mutants are tried and the seed", () => {
    expect(parseMutantOptions(["analysis/verdict", "--sample", "20", "--seed", "7"])).to.deep.equal({
      rooms: ["analysis/verdict"],
      sample: 20,
      seed: 7,
    });
  });

  it("have all their mistakes named at once", () => {
    expect(problemsOf("nowhere", "--sample", "0", "--seed", "x")).to.deep.equal([
      "--sample 0: expected a whole number from 1 to 999999",
      "--seed x: expected a whole number from 0 to 999999999",
      "nowhere: expected a folder below harness/src that has tests below harness/test, such as analysis/verdict",
    ]);
    expect(problemsOf("analysis", "evidence")).to.deep.equal(["analysis evidence: expected one room"]);
    expect(problemsOf("../src")).to.have.lengthOf(1);
    expect(problemsOf("--all")).to.have.lengthOf(1);
  });
});

describe("a sample", () => {
  const values = Array.from({ length: 100 }, (_, index) => index);

  it("is the same for the same seed, in the order of the values", () => {
    expect(sample(values, 10, 5)).to.deep.equal(sample(values, 10, 5));
    expect(sample(values, 10, 5)).to.deep.equal([...sample(values, 10, 5)].sort((a, b) => a - b));
    expect(sample(values, 10, 5)).not.to.deep.equal(sample(values, 10, 6));
  });

  it("has each value at most once", () => {
    expect(sample(values, 500, 5)).to.deep.equal(values);
  });
});
