import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changeJournal } from "../../../src/adapters/run-directory/change-journal.ts";
import { systemClock } from "../../../src/adapters/node/system-clock.ts";
import { noCounts, recorder } from "../../../src/run/recorder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const AT = { time: "2026-12-04T01:02:03.000Z", monotonicMs: 7 };
const DESCRIBE = {
  event: "change-begun",
  function: "f",
  change: "describe",
  lever: "update",
  from: "",
  to: "x",
};

describe("changeJournal", () => {
  const folder = temporaryFolder();
  const path = (): string => join(folder.path(), "journal.jsonl");

  it("adds what longrun undo restored after the last whole line, so that it is not restored again", () => {
    const events = [
      { sequence: 1, ...AT, event: "run-started", resumed: false },
      { sequence: 2, ...AT, ...DESCRIBE },
    ];
    const whole = events.map((event) => `${JSON.stringify(event)}\n`).join("");
    writeFileSync(path(), `${whole}{"sequence":3,"ti`);
    const journal = changeJournal(folder.path());
    expect(journal.begun.map(({ change }) => change)).to.deep.equal(["describe"]);
    const recording = recorder(journal, systemClock, { ...journal, counts: noCounts() });
    recording.record({
      event: "change-undone",
      function: "f",
      change: "describe",
      what: "the description",
      left: null,
    });
    const text = readFileSync(path(), "utf8");
    expect(text.startsWith(whole)).to.equal(true);
    expect(JSON.parse(text.slice(whole.length))).to.include({ sequence: 3, event: "change-undone" });
    expect(changeJournal(folder.path()).begun).to.deep.equal([]);
  });
});
