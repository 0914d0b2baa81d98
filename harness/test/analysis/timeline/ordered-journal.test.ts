import { expect } from "chai";
import { orderedJournal } from "../../../src/analysis/timeline/ordered-journal.ts";
import type { JournalEvent } from "../../../src/record/journal.ts";

describe("orderedJournal, of a run that was killed", () => {
  it("ends with its last event, however long after it longrun undo restored something", () => {
    const journal: readonly JournalEvent[] = [
      { sequence: 1, time: "2026-12-04T01:00:00.000Z", monotonicMs: 1, event: "drive-started" },
      {
        sequence: 2,
        time: "2026-12-04T05:00:00.000Z",
        monotonicMs: 9,
        event: "change-undone",
        function: "f",
        change: "describe",
        what: "the description",
        left: null,
      },
    ];
    const { said, missing, latest } = orderedJournal(journal);
    expect([said.last, missing]).to.deep.equal(["2026-12-04T01:00:00.000Z", 0]);
    expect(latest).to.equal(orderedJournal(journal.slice(0, 1)).latest);
  });
});
