import { expect } from "chai";
import { onAxis } from "../../../src/base/clocks.ts";
import { orderedJournal } from "../../../src/analysis/timeline/ordered-journal.ts";
import type { JournalEvent, JournalEventBody } from "../../../src/record/journal.ts";

const BEGAN = Date.parse("2026-11-26T17:00:00.000Z");
const STARTED: JournalEventBody = { event: "run-started", resumed: false };
const RESUMED: JournalEventBody = { event: "run-started", resumed: true };
const OTHER: JournalEventBody = { event: "drive-started" };

/** Each event has three parts: milliseconds after BEGAN on the wall clock, milliseconds on the monotonic clock, and what happened. */
function spans(...events: readonly (readonly [number, number, JournalEventBody])[]) {
  const journal = events.map(([at, monotonicMs, body], index): JournalEvent => ({
    sequence: index + 1,
    time: new Date(BEGAN + at).toISOString(),
    monotonicMs,
    ...body,
  }));
  return orderedJournal(journal).repeated.map(({ from, to, noted }) => [
    onAxis(from, BEGAN),
    onAxis(to, BEGAN),
    noted,
  ]);
}

describe("orderedJournal, of a clock that was set back", () => {
  it("finds that the clock was set back between two events of one process, even if the run did not note it", () => {
    // The clock was set back by 5 s at some time from 2 s to 2.1 s.
    expect(spans([0, 500, STARTED], [2_000, 2_500, OTHER], [-2_900, 2_600, OTHER])).to.deep.equal([
      [-3_000, 2_101, false],
    ]);
  });

  it("says whether the run noted the change; a process can note only a change after its start", () => {
    const noted: JournalEventBody = { event: "clock-changed", byMs: -5_000 };
    expect(
      spans(
        [0, 500, STARTED],
        [-4_900, 600, OTHER],
        [-4_800, 700, noted],
        [-9_000, 100, RESUMED],
        [-13_900, 200, noted],
      ),
    ).to.deep.equal([
      [-5_000, 101, true],
      [-9_000, 5_200, false],
      [-14_000, -8_899, true],
    ]);
  });

  it("finds that a resumed run began at an earlier time than the killed run had reached", () => {
    expect(spans([0, 500, STARTED], [60_000, 60_500, OTHER], [50_000, 700, RESUMED])).to.deep.equal([
      [50_000, 70_000, false],
    ]);
  });

  it("assumes another process if the monotonic clock begins again", () => {
    expect(spans([0, 5_000, STARTED], [4_000, 900, OTHER], [5_000, 1_900, OTHER])).to.deep.equal([]);
  });

  it("finds nothing after a sleep, after a small change of the time, or after the clock was set ahead", () => {
    expect(
      spans([0, 0, STARTED], [3_600_000, 1_000, OTHER], [3_600_100, 2_000, OTHER], [3_600_100, 2_999, OTHER]),
    ).to.deep.equal([]);
  });
});
