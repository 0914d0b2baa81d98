import { expect } from "chai";
import { mannerOf } from "../../src/probe/manner-of.ts";

describe("mannerOf", () => {
  it("opens no second client if the first got no answer", () => {
    const first = {
      number: 1,
      local: null,
      askedMs: 0,
      openedMs: null,
      greeting: null,
      end: null,
      closedMs: null,
    };
    expect(mannerOf({ connections: [first], upTo: 2 }).next).to.equal("stop");
    expect(mannerOf({ connections: [{ ...first, openedMs: 1 }], upTo: 2 }).next).to.equal("open-next");
  });
});
