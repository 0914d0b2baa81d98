import { expect } from "chai";
import { shorten } from "../../../src/report/text/wrap.ts";

describe("a name that is too long for its column", () => {
  const shortened = (text: string): readonly string[] =>
    [1, 2, 3, 4, 5, 6].map((room) => shorten(text, room));

  it("keeps letters of both ends, with one more of the beginning if the number of kept letters is odd", () =>
    expect(shortened("abcdef")).to.deep.equal(["…", "a…", "a…f", "ab…f", "ab…ef", "abcdef"]));

  it("stops before a wide letter (of two columns) that does not fit, at either end", () =>
    expect([...shortened("界abcd"), ...shortened("abcd界")]).to.deep.equal([
      ...["…", "…", "界…", "界…d", "界a…d", "界abcd"],
      ...["…", "a…", "a…", "a…界", "ab…界", "abcd界"],
    ]));
});
