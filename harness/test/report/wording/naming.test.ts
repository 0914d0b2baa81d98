import { expect } from "chai";
import { bareEnvironment } from "../fixture-lane.ts";
import { plainNaming } from "../../../src/report/wording/naming.ts";

describe("plainNaming", () => {
  const { environment } = plainNaming("local");
  for (const [id, name] of [
    ["2026/11/26/[7]0123456789abcdef0123456789abcdef", "…89abcdef (version 7)"],
    ["2026/11/26/[$LATEST]0123456789abcdef0123456789abcdef", "…89abcdef"],
    ["2026/11/26/device[7]0123456789abcdef0123456789abcdef", "…89abcdef (version 7)"],
  ] as const)
    it(`names the environment ${id} ${name}`, () => {
      expect(environment(id)).to.equal(name);
    });

  it("names the tenant of an environment, but not all of a long one", () => {
    const ids = ["[7]0123456789abcdef", "[$LATEST]0123456789abcdee"] as const;
    const named = plainNaming("local", [
      { ...bareEnvironment(ids[0]), tenantId: "blue" },
      { ...bareEnvironment(ids[1]), tenantId: "x".repeat(256) },
    ]);
    expect(ids.map(named.environment)).to.deep.equal([
      "…89abcdef (version 7, tenant blue)",
      `…89abcdee (tenant ${"x".repeat(40)}…)`,
    ]);
  });
});
