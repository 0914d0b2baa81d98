import { expect } from "chai";
import { fromTo } from "../../../src/report/text/from-to.ts";

describe("a range in words", () => {
  it("names both ends, or one value if the ends are written alike", () => {
    expect([fromTo("2 s", "5 min"), fromTo("2 s", "2 s")]).to.deep.equal(["2 s to 5 min", "2 s"]);
  });
});
