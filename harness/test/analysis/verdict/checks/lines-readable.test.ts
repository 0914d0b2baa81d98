import { expect } from "chai";
import { linesReadable } from "../../../../src/analysis/verdict/checks/lines-readable.ts";
import { partial } from "../../partial.ts";

describe("the check of the lines", () => {
  const found = (...links: readonly object[]) =>
    linesReadable.run(
      partial({ unreadableSources: [], history: { environments: [], links: new Map([["e", links]]) } }),
    );

  it("says of which protocol the first bytes are not, and how many connections have such bytes", () => {
    const links = [
      { protocol: "postgres", contradiction: null },
      { protocol: "postgres", contradiction: "GET /" },
      { protocol: "postgres", contradiction: "PUT /" },
    ];
    expect(found(...links)).to.deep.equal([
      {
        status: "unknown",
        code: "protocol-contradicted",
        parameters: { protocol: "postgres", beginning: "GET /", connections: 2 },
      },
    ]);
  });

  it("says so without a name if no protocol is known, and is clear if the bytes are of the protocol", () => {
    expect(found({ protocol: null, contradiction: "GET /" })[0]?.parameters).to.deep.equal({
      protocol: "",
      beginning: "GET /",
      connections: 1,
    });
    expect(found({ protocol: null, contradiction: null })).to.deep.equal([
      { status: "clear", code: "lines-readable", parameters: {} },
    ]);
  });
});
