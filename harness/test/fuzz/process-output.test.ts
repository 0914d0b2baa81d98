/** What a function's process writes: lines of standard output, and frames of the log descriptor. Nothing of a line is lost or made up. */
import { expect } from "chai";
import { EVENT_BYTES_MAX, EventSplitter } from "../../src/engine/process/process-output.ts";
import { FrameDecoder } from "../../src/engine/process/process-output.ts";
import { fuzz } from "./support/fuzz.ts";
import { inPieces, textOf } from "./support/fuzz-case.ts";

function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(16);
  head.writeUInt32BE(0xa55a0003, 0);
  head.writeUInt32BE(body.length, 4);
  head.writeBigInt64BE(1_795_568_523_000_000n, 8);
  return Buffer.concat([head, body]);
}

fuzz("process-output", {
  samples: [
    "one\ntwo\r\nthree",
    '{"longrun":1,"event":"boot"}\n',
    frame("a line\nand more"),
    Buffer.concat([frame("one"), frame(""), frame("é".repeat(300))]),
  ],
  start: () => ({
    check(input) {
      const lines: string[] = [];
      const splitter = new EventSplitter();
      const frames: string[] = [];
      const decoder = new FrameDecoder();
      for (const piece of inPieces(input)) {
        lines.push(...splitter.push(piece));
        frames.push(...decoder.push(piece));
      }
      lines.push(...splitter.end());
      for (const text of [...lines, ...frames]) expect(text.length).to.be.at.most(EVENT_BYTES_MAX + 1);
      // Empty lines make no events, and the last line always gets a newline.
      const said = (text: string): string =>
        text
          .split("\n")
          .filter((line) => line !== "")
          .join("\n");
      if (!textOf(input).includes("\ufffd")) expect(said(lines.join(""))).to.equal(said(textOf(input)));
    },
  }),
});
