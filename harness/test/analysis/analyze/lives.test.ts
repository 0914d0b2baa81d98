/** How long the judgement counts an environment as alive, and how this affects exposures. */
import { expect } from "chai";
import { drive, handlerConnect, ready } from "./designs.ts";
import { judge } from "./judge.ts";
import { chain, withoutJournal, withoutLinkLog, withoutPeerLog } from "./mutate.ts";
import { TestRun } from "./story.ts";

describe("the lives of environments", () => {
  it("end at the time at which the engine had played the entry of the plan that ended them", () => {
    const run = new TestRun();
    const silent = ready(run);
    run.wait(500);
    const from = new Date(run.now).toISOString();
    run.wait(500);
    const to = new Date(run.now).toISOString();
    run.wait(500);
    const invoked = ready(run);
    drive(run, invoked, handlerConnect, 2);
    const evidence = run.end();
    const plan = {
      schemaVersion: 1,
      profile: "p",
      seed: 1,
      durationMs: 1,
      intervalMs: 1,
      placement: "most-recent",
      entries: [{ offsetMs: 0, action: "retire", selector: "oldest-idle", ending: "fin" }],
    } as const;
    const applied = [
      { functionName: "f", entry: 0, result: "applied", from, to, environments: [silent.id], detail: null },
    ] as const;
    expect([
      judge(evidence).exposure.total,
      judge({ ...evidence, plan, applied }).exposure.total,
    ]).to.deep.equal([1, 0]);
    expect(judge({ ...evidence, plan, applied }).environments.at(0)).to.deep.include({
      end: to,
      ending: "shutdown",
      initWithoutInvoke: true,
    });
  });

  it("end when the engine says that they ended, even if the evidence has no plan", () => {
    const run = new TestRun();
    const silent = ready(run);
    run.wait(500);
    const time = new Date(run.now).toISOString();
    run.wait(500);
    drive(run, ready(run), handlerConnect, 2);
    const evidence = run.end();
    const judged = (ending: "fin" | "rst" | "silence"): ReturnType<typeof judge> =>
      judge({
        ...evidence,
        applied: [{ result: "ended", functionName: "f", environment: silent.id, time, ending }],
      });
    expect([judge(evidence).exposure.total, judged("fin").exposure.total]).to.deep.equal([1, 0]);
    expect(
      (["fin", "rst", "silence"] as const).map((ending) => {
        const [first] = judged(ending).environments;
        return [first?.end, first?.ending];
      }),
    ).to.deep.equal([
      [time, "shutdown"],
      [time, "shutdown"],
      [time, "vanished"],
    ]);
  });

  it("end when the engine says that they ended, even if only the function's own log is left", () => {
    const run = new TestRun();
    const one = ready(run);
    drive(run, one, handlerConnect, 2);
    run.wait(500);
    const time = new Date(run.now).toISOString();
    run.wait(500);
    drive(run, ready(run), handlerConnect, 2);
    const evidence = chain(withoutJournal, withoutLinkLog, withoutPeerLog)(run.end());
    const [first] = judge({
      ...evidence,
      applied: [{ result: "ended", functionName: "f", environment: one.id, time, ending: "fin" }],
    }).environments;
    expect([first?.end, first?.ending]).to.deep.equal([time, "shutdown"]);
  });

  it("last for `idleLifeMs` after an Init without an invocation, and not longer", () => {
    const run = new TestRun({ target: "aws" });
    ready(run);
    run.wait(400_000);
    drive(run, ready(run), handlerConnect, 2);
    const evidence = run.end();
    expect([
      judge(evidence).exposure.total,
      judge(evidence, { idleLifeMs: 500_000 }).exposure.total,
    ]).to.deep.equal([0, 1]);
  });

  it("make one exposure for each environment that is alive beside the invoked one", () => {
    const run = new TestRun();
    ready(run);
    ready(run);
    drive(run, ready(run), handlerConnect, 3);
    expect(judge(run.end()).exposure.total).to.equal(2);
  });
});
