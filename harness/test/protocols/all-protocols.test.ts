import { expect } from "chai";
import fc from "fast-check";
import { ATTEMPT_OUTCOMES } from "../../src/domain/connection-outcome.ts";
import { ALL_PROTOCOLS, protocolNamed, recognise } from "../../src/protocols/all-protocols.ts";
import { FirstBytes } from "../../src/engine/link/first-bytes.ts";
import { FIRST_BYTES_MAX } from "../../src/protocols/protocol.ts";

describe("the catalogue of protocols", () => {
  it("has each name only once, including older names", () => {
    const names = ALL_PROTOCOLS.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(names).to.have.lengthOf(new Set(names).size);
  });

  it("finds a protocol by its name or an older one", () => {
    expect(["longrun", "raw", "bytes", "telnet"].map((name) => protocolNamed(name)?.name)).to.deep.equal([
      "longrun",
      "raw",
      "raw",
      undefined,
    ]);
  });

  const said = fc.array(
    fc.record({
      from: fc.constantFrom("function" as const, "peer" as const),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc
          .constantFrom('{"type":"hello"}\n', '{"type":"welcome"}\n', '{"type":"busy"}\n', "{")
          .map((text) => Buffer.from(text)),
      ),
    }),
    { maxLength: 8 },
  );

  it("recognises a protocol for any bytes, and `raw` for unknown ones", () => {
    fc.assert(
      fc.property(said, (chunks) => {
        const protocol = recognise(chunks);
        const silent = chunks.every(({ bytes }) => bytes.length === 0);
        expect(protocol === null).to.equal(silent);
        const peerSpoke = chunks.some(({ from, bytes }) => from === "peer" && bytes.length > 0);
        const attempt = protocol?.read({
          reached: true,
          said: chunks,
          peerSpoke,
          lastedMs: 1,
          end: null,
        }).attempt;
        expect(attempt == null || ATTEMPT_OUTCOMES.includes(attempt)).to.equal(true);
      }),
    );
  });
});

describe("the first bytes of a link", () => {
  it("are the bytes of both sides in order, at most up to the limit of each side", () => {
    const bytes = new FirstBytes();
    const none = bytes.read({ reached: true, peerSpoke: false, lastedMs: 0, end: null });
    bytes.keep("function", Buffer.from('{"type":"hello","logStream":"s"}\n'));
    bytes.keep("peer", Buffer.from('{"type":"welcome"}\n'));
    bytes.keep("peer", Buffer.alloc(FIRST_BYTES_MAX, "x"));
    bytes.keep("peer", Buffer.from('\n{"type":"evicted"}\n'));
    expect([
      none,
      bytes.read({ reached: true, peerSpoke: true, lastedMs: 5, end: { by: "peer", how: "fin" } }),
    ]).to.deep.equal([
      null,
      {
        protocol: "longrun",
        reading: {
          attempt: "accepted",
          end: "closed",
          code: null,
          text: null,
          clientName: "s",
          goodbye: false,
        },
      },
    ]);
  });
});
