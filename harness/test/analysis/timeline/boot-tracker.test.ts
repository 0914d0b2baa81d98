/** The order of the lines of one process: their numbers decide, because a clock can be set back. */
import { expect } from "chai";
import { foldStream } from "../../../src/analysis/timeline/fold-stream.ts";
import { streamEvent } from "../../../src/logs/stream-event.ts";

const AT = Date.parse("2026-11-25T10:00:00Z");

/** Returns whether the connection of the process was closed, by its lines in the order of the log. */
function isClosed(
  lines: readonly { readonly event: string; readonly ms: number; readonly sequence: number | null }[],
): boolean {
  const { boots } = foldStream(
    "2026/11/25/[$LATEST]60cefc4c4d174d898e4dbb301f9f10ef",
    lines.map(({ event, ms, sequence }, index) => {
      const outcome = event === "connect" ? "accepted" : null;
      const message = JSON.stringify({
        longrun: 1,
        time: new Date(AT + ms).toISOString(),
        event,
        bootId: "boot-1",
        phase: "init",
        requestId: null,
        ...(sequence === null ? {} : { sequence }),
        ...(event === "boot" ? {} : { connection: 1, outcome }),
      });
      return streamEvent(
        { timestamp: AT + 100, message, ingestionTime: null, eventId: String(1_000 + index) },
        String,
      );
    }),
  );
  const [attempt] = boots[0]?.attempts ?? [];
  return (attempt?.disconnect ?? null) !== null;
}

describe("the lines of a process", () => {
  it("are ordered by their numbers, even if the clock was set back between them", () => {
    expect(
      isClosed([
        { event: "boot", ms: 10, sequence: 1 },
        { event: "connect", ms: 20, sequence: 2 },
        { event: "disconnect", ms: 5, sequence: 3 },
      ]),
    ).to.equal(true);
  });

  it("are ordered by their times if one of them has no number", () => {
    expect(
      isClosed([
        { event: "connect", ms: 20, sequence: 2 },
        { event: "disconnect", ms: 30, sequence: null },
      ]),
    ).to.equal(true);
  });
});
