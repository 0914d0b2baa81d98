import { expect } from "chai";
import { driverTimeline } from "../../../src/analysis/timeline/driver-timeline.ts";
import { orderedJournal, type OrderedJournal } from "../../../src/analysis/timeline/ordered-journal.ts";
import type { JournalEvent } from "../../../src/record/journal.ts";

/** Makes a journal of these events, a second apart. */
function journalOf(...events: readonly object[]): OrderedJournal {
  const journal = events.map((event, index) => ({
    ...(event as JournalEvent),
    sequence: index + 1,
    time: new Date(Date.UTC(2026, 10, 25) + index * 1_000).toISOString(),
    monotonicMs: index * 1_000,
  }));
  return orderedJournal(journal);
}

const NOT_READ = {
  code: "evidence-not-read",
  parameters: { source: "function-log", message: "ExpiredToken" },
};
const SET_BACK = { code: "run-clock-set-back", parameters: { byMs: 60_000 } };
const problem = (one: object): object => ({ event: "evidence-problem", function: null, ...one });
const RESUMED = { event: "run-started", resumed: true };

describe("driverTimeline, of a run that ended because its credentials had expired", () => {
  const ended = [
    { event: "run-started", resumed: false },
    problem(SET_BACK),
    { event: "stop-requested", reason: "signed-out" },
    problem(NOT_READ),
  ];

  it("has every problem if the run was not resumed", () => {
    expect(driverTimeline("f", journalOf(...ended)).problems).to.deep.equal([SET_BACK, NOT_READ]);
  });

  it("has only the problems that remain when the resumed run reads the logs again", () => {
    expect(driverTimeline("f", journalOf(...ended, RESUMED)).problems).to.deep.equal([SET_BACK]);
  });

  it("has the problems of the resumed run", () => {
    expect(driverTimeline("f", journalOf(...ended, RESUMED, problem(NOT_READ))).problems).to.deep.equal([
      SET_BACK,
      NOT_READ,
    ]);
  });
});

describe("driverTimeline, of a run that was interrupted and resumed", () => {
  const interrupted = [
    { event: "run-started", resumed: false },
    { event: "logs-settled", function: "f", settled: true, missingRequestIds: [] },
    { event: "run-ended" },
  ];

  it("does not say that the logs have settled if they had settled only before the run was resumed", () => {
    expect(driverTimeline("f", journalOf(...interrupted)).settled?.settled).to.equal(true);
    expect(driverTimeline("f", journalOf(...interrupted, RESUMED)).settled).to.equal(null);
  });
});
