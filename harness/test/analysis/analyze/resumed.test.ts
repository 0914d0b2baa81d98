/** Tests runs that were interrupted, and resumed after their logs had settled. */
import { expect } from "chai";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../../src/record/judgement-settings.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import { aheadElsewhere, drive, handlerConnect, ready } from "./designs.ts";
import { analyze, judge, said, verdictOf } from "./judge.ts";
import { TestRun } from "./story.ts";

function resumed(): TestRun {
  const run = new TestRun();
  aheadElsewhere(run, handlerConnect);
  run.end();
  run.wait(60_000);
  run.note({ event: "run-started", resumed: true });
  run.note({ event: "drive-started" });
  drive(run, ready(run), handlerConnect, 3);
  return run;
}

describe("a run that was interrupted and resumed", () => {
  it("does not pass if it was then killed, because only the logs of its first part had settled", () => {
    const killed = resumed().evidence();
    expect(verdictOf(killed)).to.equal("inconclusive accounting");
    expect(said(judge(killed), "streams-complete").map(({ code }) => code)).to.deep.equal([
      "logs-not-settled",
    ]);
    expect(verdictOf(resumed().end())).to.equal("pass");
  });

  it("lasts until the end of its last part", () => {
    const endOf = (evidence: Evidence): string | null => analyze(evidence, DEFAULT_JUDGEMENT_SETTINGS).run.to;
    const [killed, ended] = [resumed(), resumed()];
    const evidence = ended.end();
    expect(endOf(killed.evidence())).to.equal(killed.journal.at(-1)?.time);
    expect(endOf(evidence)).to.equal(
      evidence.journal?.findLast(({ event }) => event === "drive-ended")?.time,
    );
  });
});
