import { expect } from "chai";
import { foldStream } from "../../../src/analysis/timeline/fold-stream.ts";
import { hasMissingLines } from "../../../src/analysis/timeline/hold.ts";
import { streamEvent } from "../../../src/logs/stream-event.ts";

const INIT = "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn";

describe("hasMissingLines", () => {
  for (const [sequences, missing, { init = true } = {}] of [
    [[1, 2, 3], false],
    [[0, 1, 2], false],
    [[1, 2, 4], true],
    [[2, 3], true],
    [[57, 58], false, { init: false }],
    [[1, 3, 5, 7, 9, 11, 13, 15], true],
    [[1, 1_000], true],
  ] as const)
    it(`returns ${missing} for the numbers ${sequences.join(", ")}${init ? "" : ", if the log begins later than the process"}`, () => {
      const lines = sequences.map((sequence) =>
        JSON.stringify({
          longrun: 1,
          event: "invoke",
          bootId: "b",
          phase: "invoke",
          requestId: "r",
          sequence,
        }),
      );
      const events = [...(init ? [INIT] : []), ...lines].map((message, timestamp) =>
        streamEvent({ timestamp, message, ingestionTime: null, eventId: String(timestamp) }, String),
      );
      const [boot] = foldStream("2024/05/20/[$LATEST]60cefc4c4d174d898e4dbb301f9f10ef", events).boots;
      expect(boot === undefined ? null : hasMissingLines(boot)).to.equal(missing);
    });
});
