import { expect } from "chai";
import fc from "fast-check";
import { createLineReader } from "../../src/peer/line-reader.ts";
import { decodeClientLine, encodePeerFrame, type ClientSays } from "../../src/peer/protocol.ts";

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

  it("never throws and always answers with one of the four", () => {
    const anything = fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(anything, (line) => {
        expect(decodeClientLine(line).says).to.be.oneOf(["hello", "request", "bye", "unreadable"]);
      }),
    );
  });
});

describe("encodePeerFrame", () => {
  it("makes one line of any frame", () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (id, payload) => {
        const line = encodePeerFrame({ type: "reply", id, time: "t", payload });
        expect(line.indexOf("\n")).to.equal(line.length - 1);
      }),
    );
  });
});

describe("the peer's line reader", () => {
  it("gives the same lines however the bytes are cut", () => {
    const text = fc.array(fc.string({ unit: fc.constantFrom("a", "é", "{", "\n"), maxLength: 12 }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(text, fc.array(fc.nat(40), { maxLength: 60 }), (parts, cuts) => {
        const bytes = Buffer.from(parts.join("\n"));
        const reader = createLineReader();
        const lines: (string | null)[] = [];
        let from = 0;
        for (const cut of [...cuts, bytes.length]) {
          const to = Math.min(bytes.length, from + cut);
          lines.push(...reader.read(bytes.subarray(from, to)));
          from = to;
        }
        expect(lines).to.deep.equal(bytes.toString("utf8").split("\n").slice(0, -1));
      }),
    );
  });

  it("reports a line that is too long once, skips it and reads on", () => {
    const reader = createLineReader(8);
    const read = ["123456789", "0123", "45\nok\n", "12345678\n", "x".repeat(50), "\n\n"].map((chunk) =>
      reader.read(Buffer.from(chunk)),
    );
    expect(read).to.deep.equal([[null], [], ["ok"], ["12345678"], [null], [""]]);
  });

  it("holds a bounded amount of a line without an end", () => {
    const reader = createLineReader(1_000);
    for (let sent = 0; sent < 100_000; sent += 7) {
      reader.read(Buffer.alloc(7, "x"));
      expect(reader.heldBytes).to.be.at.most(2_048);
    }
  });
});
