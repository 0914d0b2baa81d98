import { expect } from "chai";
import { compareStreams } from "./replay-recording.ts";
import { Shapes } from "./shape.ts";

describe("the streams of a recording", () => {
  it("are each compared with the engine's stream of that name, also after a stream that the engine does not have", () => {
    const recorded = ["missing", "there"].map((name) => ({ name, messages: ["line"] }));
    const events = [{ logStreamName: "there", timestamp: 1, message: "line" }];
    expect(compareStreams(recorded, events, new Shapes()).map(({ differs }) => differs)).to.deep.equal([
      "The engine has no such stream.",
      null,
    ]);
  });
});
