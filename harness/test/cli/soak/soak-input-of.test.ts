import { expect } from "chai";
import { functionNames } from "../../../src/cli/soak/soak-input-of.ts";

const RUN = "20261125T010203Z-123456789";

function namesOf(labels: readonly string[], endpoint: string | null): readonly string[] {
  const functions = labels.map((label) => ({
    label,
    source: { kind: "code" as const, file: `${label}.mjs` },
  }));
  return [...functionNames({ functions, endpoint }, RUN, null).values()];
}

describe("the names of a soak's own functions", () => {
  it("are the labels if the soak starts its own engine", () => {
    expect(namesOf(["one", "two"], null)).to.deep.equal(["one", "two"]);
  });

  it("end with the run's name if the soak uses a running engine", () => {
    expect(namesOf(["one"], "http://127.0.0.1:1")).to.deep.equal([`one-${RUN}`]);
  });

  it("have at most 64 characters, and differ even if long labels begin alike", () => {
    const long = "a".repeat(50);
    const names = namesOf([`${long}-one`, `${long}-two`], "http://127.0.0.1:1");
    expect([new Set(names).size, ...names.map(({ length }) => length)]).to.deep.equal([2, 64, 64]);
  });
});
