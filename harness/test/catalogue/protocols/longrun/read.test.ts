import { expect } from "chai";
import { recognise } from "../../../../src/catalogue/protocols/all-protocols.ts";
import { decodeClientLine, longrun } from "../../../../src/catalogue/protocols/longrun.ts";
import { bytesOf, LONGRUN_BYTES, seen } from "../recorded-bytes.ts";

describe("reading the bytes of the longrun protocol", () => {
  for (const conversation of LONGRUN_BYTES.conversations)
    it(`recognises ${conversation.title}`, () => {
      const said = bytesOf(conversation);
      const lines = said
        .filter(({ from }) => from === "function")
        .flatMap(({ bytes }) => Buffer.from(bytes).toString("utf8").split("\n").slice(0, -1));
      expect([
        recognise(said)?.name,
        longrun.read(seen(conversation)),
        lines.map((line) => decodeClientLine(line).says),
      ]).to.deep.equal(["longrun", conversation.reading, conversation.says]);
    });

  it("has the same result wherever the bytes are cut", () => {
    for (const conversation of LONGRUN_BYTES.conversations) {
      const whole = seen(conversation);
      const said = whole.said.flatMap(({ from, bytes }) =>
        [...bytes].map((byte) => ({ from, bytes: Uint8Array.of(byte) })),
      );
      expect(longrun.read({ ...whole, said }), conversation.title).to.deep.equal(conversation.reading);
    }
  });

  it("recognises the protocol by the client's first byte alone", () => {
    const first = (from: "function" | "peer", text: string): boolean | null =>
      longrun.recognises([{ from, bytes: Buffer.from(text) }]);
    expect([
      first("function", "{"),
      first("function", "PING"),
      first("peer", "{"),
      first("function", ""),
      longrun.recognises([]),
    ]).to.deep.equal([true, false, false, null, null]);
  });
});
