import { expect } from "chai";
import { EnvironmentsById } from "../../../src/analysis/timeline/environments-by-id.ts";
import { foldStream } from "../../../src/analysis/timeline/fold-stream.ts";

describe("EnvironmentsById", () => {
  const ids = ["2026/11/24/[$LATEST]a", "2026/11/24/[$LATEST]b", "2026/11/24/[7]a", "é", "\u{1f600}"];
  const environments = ids.map((id) => foldStream(id, []));
  const byId = new EnvironmentsById(environments);

  it("finds each environment by its id", () => {
    expect(ids.map((id) => byId.get(id))).to.deep.equal(environments);
    expect(ids.every((id) => byId.has(id))).to.equal(true);
  });

  it("finds nothing under another id", () => {
    for (const id of ["", "2026/11/24/[$LATEST]aa", "zzz", "\u{1f601}"]) {
      expect(byId.get(id), id).to.equal(undefined);
      expect(byId.has(id), id).to.equal(false);
    }
    expect(new EnvironmentsById([]).get("a")).to.equal(undefined);
  });
});
