import { expect } from "chai";
import fc from "fast-check";
import {
  decodeClientLine,
  encodePeerFrame,
  type ClientSays,
} from "../../../../src/catalogue/protocols/longrun.ts";

describe("decodeClientLine", () => {
  const rows: readonly [string, ClientSays][] = [
    [
      '{"type":"hello","bootId":"b","logStream":"s","phase":"init","time":"t","token":7}',
      { says: "hello", hello: { bootId: "b", logStream: "s", phase: "init" }, token: 7 },
    ],
    [
      '{"type":"hello"}',
      { says: "hello", hello: { bootId: null, logStream: null, phase: null }, token: null },
    ],
    [
      '{"type":"hello","token":1.5,"bootId":3}',
      { says: "hello", hello: { bootId: null, logStream: null, phase: null }, token: null },
    ],
    ['{"type":"request","id":"r","payload":{"a":1},"more":true}', { says: "request", id: "r" }],
    ['{"type":"request"}', { says: "unreadable" }],
    ['{"type":"bye"}', { says: "bye" }],
    ['{"type":"welcome"}', { says: "unreadable" }],
    ["[]", { says: "unreadable" }],
    ["null", { says: "unreadable" }],
    ["", { says: "unreadable" }],
    ["GET / HTTP/1.1\r", { says: "unreadable" }],
    [`{"type":"request","id":"${"x".repeat(600)}"}`, { says: "unreadable" }],
    ['{"__proto__":{"type":"bye"}}', { says: "unreadable" }],
  ];
  for (const [line, said] of rows) {
    it(`reads ${JSON.stringify(line.slice(0, 60))} as ${said.says}`, () => {
      expect(decodeClientLine(line)).to.deep.equal(said);
    });
  }

  it("never throws and always returns one of the four kinds", () => {
    const anything = fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(anything, (line) => {
        expect(decodeClientLine(line).says).to.be.oneOf(["hello", "request", "bye", "unreadable"]);
      }),
    );
  });
});

describe("encodePeerFrame", () => {
  it("encodes any frame as one line", () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (id, payload) => {
        const line = encodePeerFrame({ type: "reply", id, time: "t", payload });
        expect(line.indexOf("\n")).to.equal(line.length - 1);
      }),
    );
  });
});
