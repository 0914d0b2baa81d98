import { expect } from "chai";
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
});
