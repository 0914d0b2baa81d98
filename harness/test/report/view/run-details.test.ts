import { expect } from "chai";
import type { RuntimeResult } from "../../../src/result/function-result.ts";
import { runDetails } from "../../../src/report/view/run-details.ts";
import { fixtureResult, passingFunction } from "../fixture-result.ts";

const PYTHON: RuntimeResult = { name: "python3.12", family: "python", ranOn: "Python 3.12.4" };
const GO: RuntimeResult = { name: "provided.al2023", family: "provided", ranOn: null };

describe("the runtimes in the details of a run", () => {
  const details = (functions: Readonly<Record<string, RuntimeResult | undefined>>) =>
    runDetails(
      fixtureResult({
        functions: Object.entries(functions).map(([name, runtime]) =>
          passingFunction({ name, ...(runtime === undefined ? {} : { runtime }) }),
        ),
      }),
    ).filter(({ label }) => label === "Runtime" || label === "Notice");

  for (const [title, functions, expected] of [
    ["are left out if they are unknown", { a: undefined }, []],
    [
      "are named once if they are the same",
      { a: PYTHON, b: PYTHON },
      ["Runtime: python3.12 on Python 3.12.4"],
    ],
    [
      "have the names of their functions if they differ",
      { a: PYTHON, b: GO },
      ["Runtime: python3.12 on Python 3.12.4 (a); provided.al2023 (b)"],
    ],
    [
      "come with the notice about another release",
      { a: { ...PYTHON, notice: "It is another release." } },
      ["Runtime: python3.12 on Python 3.12.4", "Notice: It is another release."],
    ],
  ] as const)
    it(title, () =>
      expect(details(functions).map(({ label, value }) => `${label}: ${value}`)).to.deep.equal(expected),
    );
});
