import { expect } from "chai";
import * as fc from "fast-check";
import { EVENT_BYTES_MAX, EventSplitter } from "../../../../src/engine/process/process-output.ts";
import { inPieces, PIECE_SIZES } from "./in-pieces.ts";

function split(bytes: Buffer, pieces: readonly number[]): string[] {
  const lines: string[] = [];
  const splitter = new EventSplitter();
  inPieces(bytes, pieces, (chunk) => lines.push(...splitter.push(chunk)));
  lines.push(...splitter.end());
  return lines;
}

describe("EventSplitter", () => {
  it("returns the same lines for any division of the bytes into chunks", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: "grapheme" }).map((line) => line.replace(/\n/g, "")),
          { maxLength: 10 },
        ),
        PIECE_SIZES,
        (lines, pieces) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
          expect(split(bytes, pieces)).to.deep.equal(
            lines.filter((line) => line !== "").map((line) => `${line}\n`),
          );
        },
      ),
    );
  });

  it("makes no event of an empty line, because logs recorded on AWS (docs/aws/logs.md) have none", () => {
    expect(split(Buffer.from("\nmulti\n\nline\n\n"), [])).to.deep.equal(["multi\n", "line\n"]);
  });

  it("returns an incomplete last line as an event, and does not end a line at a carriage return", () => {
    expect(split(Buffer.from("a\rb\nc"), [])).to.deep.equal(["a\rb\n", "c\n"]);
  });

  it("cuts a line that is too long for an event, but never inside a character", () => {
    const line = "é".repeat(EVENT_BYTES_MAX - 1);
    const events = split(Buffer.from(`${line}\n`), [70_000, 70_000, 70_000, 70_000]);
    expect(events.join("")).to.equal(`${line}\n`);
    expect(events.every((event) => Buffer.byteLength(event) <= EVENT_BYTES_MAX)).to.equal(true);
  });
});
