import { expect } from "chai";
import * as fc from "fast-check";
import { FrameDecoder } from "../../../../src/engine/process/output/frame-decoder.ts";
import { EVENT_BYTES_MAX, EventSplitter } from "../../../../src/engine/process/output/event-splitter.ts";

function inPieces(bytes: Buffer, sizes: readonly number[], push: (chunk: Buffer) => void): void {
  let offset = 0;
  for (const size of sizes) {
    if (offset >= bytes.length) break;
    push(bytes.subarray(offset, offset + size));
    offset += size;
  }
  if (offset < bytes.length) push(bytes.subarray(offset));
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 40 });

function split(bytes: Buffer, pieces: readonly number[]): string[] {
  const lines: string[] = [];
  const splitter = new EventSplitter((line) => lines.push(line));
  inPieces(bytes, pieces, (chunk) => splitter.push(chunk));
  splitter.end();
  return lines;
}

function frame(text: string, type = 0xa55a0003): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(16);
  header.writeUInt32BE(type, 0);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

describe("event splitter", () => {
  it("gives the same lines however the bytes arrive", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: "grapheme" }).map((line) => line.replace(/\n/g, "")),
          { maxLength: 10 },
        ),
        sizes,
        (lines, pieces) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
          expect(split(bytes, pieces)).to.deep.equal(lines.map((line) => `${line}\n`));
        },
      ),
    );
  });

  it("makes an event of an unfinished last line, and does not end a line at a carriage return", () => {
    expect(split(Buffer.from("a\rb\nc"), [])).to.deep.equal(["a\rb\n", "c\n"]);
  });

  it("cuts a line longer than an event, never inside a character", () => {
    const line = "é".repeat(EVENT_BYTES_MAX);
    const events = split(Buffer.from(`${line}\n`), [70_000, 70_000, 70_000, 70_000]);
    expect(events.join("")).to.equal(`${line}\n`);
    expect(events.every((event) => Buffer.byteLength(event) <= EVENT_BYTES_MAX)).to.equal(true);
  });
});

describe("frame decoder", () => {
  it("gives whole messages, newlines included, however the bytes arrive", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 8 }), sizes, (texts, pieces) => {
        const found: string[] = [];
        const decoder = new FrameDecoder((text) => found.push(text));
        inPieces(Buffer.concat(texts.map((text) => frame(`${text}\n`))), pieces, (chunk) =>
          decoder.push(chunk),
        );
        expect(found).to.deep.equal(texts.map((text) => `${text}\n`));
      }),
    );
  });

  it("takes AWS's level bits, and survives bytes that are no frame", () => {
    const found: string[] = [];
    const decoder = new FrameDecoder((text) => found.push(text));
    decoder.push(frame("one\n", 0xa55a000f));
    decoder.push(Buffer.from("rubbish that is long enough to be a header"));
    decoder.push(frame("two\n"));
    expect(found).to.deep.equal(["one\n", "two\n"]);
  });

  it("survives any bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (chunks) => {
        const decoder = new FrameDecoder(() => undefined);
        for (const chunk of chunks) decoder.push(Buffer.from(chunk));
      }),
    );
  });
});
