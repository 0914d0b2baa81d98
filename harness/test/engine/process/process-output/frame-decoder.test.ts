import { expect } from "chai";
import * as fc from "fast-check";
import { FrameDecoder } from "../../../../src/engine/process/process-output.ts";
import { inPieces, PIECE_SIZES } from "./in-pieces.ts";

function frame(text: string, type = 0xa55a0003): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(16);
  header.writeUInt32BE(type, 0);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

describe("FrameDecoder", () => {
  it("returns complete messages with their newlines, for any division of the bytes into chunks", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme" }), { maxLength: 8 }),
        PIECE_SIZES,
        (texts, pieces) => {
          const found: string[] = [];
          const decoder = new FrameDecoder();
          inPieces(Buffer.concat(texts.map((text) => frame(`${text}\n`))), pieces, (chunk) =>
            found.push(...decoder.push(chunk)),
          );
          expect(found).to.deep.equal(texts.map((text) => `${text}\n`));
        },
      ),
    );
  });

  it("accepts a frame whose type contains a log level, as AWS's types do, and drops bytes that are not a frame", () => {
    const found: string[] = [];
    const decoder = new FrameDecoder();
    found.push(...decoder.push(frame("one\n", 0xa55a000f)));
    found.push(...decoder.push(Buffer.from("rubbish that is long enough to be a header")));
    found.push(...decoder.push(frame("two\n")));
    expect(found).to.deep.equal(["one\n", "two\n"]);
  });

  it("never throws, whatever the bytes are", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (chunks) => {
        const decoder = new FrameDecoder();
        for (const chunk of chunks)
          for (const text of decoder.push(Buffer.from(chunk))) expect(text).to.be.a("string");
      }),
    );
  });
});
