import { expect } from "chai";
import fc from "fast-check";
import { createLineReader } from "../../src/connection/line-reader.ts";
import { rawProtocol, longrunProtocol, type PeerMessage } from "../../src/connection/protocol.ts";

/** Passes the bytes in pieces of the given lengths, and the remaining bytes in one piece. */
function feed(
  read: (chunk: Uint8Array) => readonly PeerMessage[],
  data: Uint8Array,
  cuts: readonly number[],
): PeerMessage[] {
  const findings: PeerMessage[] = [];
  let from = 0;
  for (const cut of [...cuts, data.length]) {
    const to = Math.min(data.length, from + cut);
    if (to > from) findings.push(...read(data.subarray(from, to)));
    from = to;
  }
  return findings;
}
const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 40 });

describe("the longrun protocol", () => {
  const frames = [
    { type: "welcome", time: "t", connection: 1 },
    { type: "from-the-future" },
    { type: "reply", id: "r", payload: { a: 1 } },
    { type: "error", time: "t", text: "x" },
    { type: "busy" },
    { type: "evicted" },
  ];
  it("has the same result wherever the bytes are cut, and ignores unknown frames", () => {
    const data = Buffer.from(frames.map((frame) => `${JSON.stringify(frame)}\n`).join(""));
    fc.assert(
      fc.property(cuts, (lengths) => {
        expect(feed(longrunProtocol().read, data, lengths)).to.deep.equal([
          { found: "welcome" },
          { found: "answer", id: "r", payload: { a: 1 } },
          { found: "busy" },
          { found: "evicted" },
        ]);
      }),
    );
  });

  it("reports bytes that are no frame as gibberish, and never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), cuts, (data, lengths) => {
        for (const finding of feed(longrunProtocol().read, data, lengths))
          expect(finding.found).to.equal("gibberish");
      }),
    );
  });

  it("gives up on a line that is too long", () => {
    const { read } = longrunProtocol();
    const found = Array.from({ length: 20 }, () => read(Buffer.alloc(8_192, "x"))).flat();
    expect(found[0]).to.deep.equal({ found: "gibberish", text: "a line without an end" });
  });

  it("sends a hello with the boot, the stream and the phase", () => {
    const hello = { bootId: "b", logStream: "s", phase: "init", time: "t", token: null } as const;
    expect(Buffer.from(longrunProtocol().greeting(hello) ?? []).toString()).to.equal(
      `${JSON.stringify({ type: "hello", ...hello })}\n`,
    );
  });
});

describe("the raw protocol", () => {
  const count = (expect_: string | null, data: string, lengths: readonly number[]): number =>
    feed(
      rawProtocol({ request: null, expect: expect_ === null ? null : Buffer.from(expect_) }).read,
      Buffer.from(data),
      lengths,
    ).length;

  it("finds the expected bytes wherever they are cut, and nothing before them", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("O", "K", "x"), maxLength: 40 }),
        cuts,
        (noise, lengths) => {
          const before = noise.replaceAll("OKOK", "OxOx");
          expect(count("OKOK", `${before}OKOK`, lengths)).to.equal(1);
          expect(count("OKOK", before, lengths)).to.equal(0);
        },
      ),
    );
  });

  it("accepts the first byte if no bytes are expected", () => {
    expect(count(null, "\u0000", [1])).to.equal(1);
  });

  it("sends the request as the greeting and in each exchange", () => {
    const request = Buffer.from("PING");
    const hello = { bootId: "b", logStream: "s", phase: "init", time: "t", token: null } as const;
    const asks = rawProtocol({ request, expect: null });
    const listens = rawProtocol({ request: null, expect: null });
    expect([
      asks.greeting(hello),
      asks.request("r", "t"),
      listens.greeting(hello),
      listens.request("r", "t"),
    ]).to.deep.equal([request, request, null, null]);
  });
});

describe("the function's line reader", () => {
  it("returns the same lines wherever the bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("a", "é"), maxLength: 9 }), { maxLength: 9 }),
        cuts,
        (lines, lengths) => {
          const reader = createLineReader();
          const data = Buffer.from(lines.map((line) => `${line}\n`).join(""));
          const read: string[] = [];
          let from = 0;
          for (const cut of [...lengths, data.length]) {
            read.push(...(reader.read(data.subarray(from, from + cut)) ?? []));
            from += cut;
          }
          expect(read).to.deep.equal(lines);
        },
      ),
    );
  });
});
