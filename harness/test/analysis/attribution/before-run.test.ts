/** Tests that the log of an earlier run, which a run of the same function reads with its own, gives this run no result. */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { JournalEvent } from "../../../src/record/journal.ts";
import { aheadElsewhere, drive, handlerConnect, initConnect } from "../analyze/designs.ts";
import { judge } from "../analyze/judge.ts";
import { iso } from "../analyze/story-options.ts";
import { TestRun } from "../analyze/story.ts";

/** The evidence of a run that began at this time: it sent no invocation before, and none after `until`; the log has all of them. */
function begunAt(evidence: Evidence, time: number, until = Infinity): Evidence {
  const isSent = ({ event }: JournalEvent): boolean =>
    event === "invocation-sent" || event === "invocation-ended";
  const journal = (evidence.journal ?? [])
    .filter((event) => !isSent(event) || (Date.parse(event.time) >= time && Date.parse(event.time) < until))
    .map((event, index) => ({
      ...event,
      sequence: index + 1,
      ...(event.event === "run-started" ? { time: iso(time) } : {}),
    }));
  return { ...evidence, journal };
}

describe("an invocation before the run", () => {
  it("is neither harm nor exposure nor a failure of the run, and its environment has no flaw in the run", () => {
    const run = new TestRun({ target: "aws" });
    aheadElsewhere(run, initConnect);
    run.environments.at(-1)?.retire("fin");
    run.wait(600_000);
    const time = run.now;
    const only = run.environment();
    only.init();
    drive(run, only, handlerConnect, 5);
    const evidence = run.end();
    expect(judge(evidence)).to.include({ verdict: "fail" });
    const { harm, exposure, invocations, findings, inits, environments } = judge(begunAt(evidence, time));
    expect([harm.total, exposure.total, invocations.functionErrors]).to.deep.equal([0, 0, 0]);
    expect(findings.filter(({ kind, status }) => kind === "discipline" && status !== "clear")).to.deep.equal(
      [],
    );
    expect([inits.total, inits.withoutInvoke, exposure.initWithoutInvoke]).to.deep.equal([1, 0, 0]);
    expect(environments.length).to.be.above(1);
  });

  it("can have opened the connection that holds the peer in the run", () => {
    const run = new TestRun({ target: "aws" });
    const before = run.environment();
    before.init(() => before.connect());
    drive(run, before, initConnect, 3);
    run.wait(60_000);
    const time = run.now;
    const invoked = run.environment();
    invoked.init(() => invoked.connect());
    drive(run, invoked, initConnect, 3);
    const { harm } = judge(begunAt(run.end(), time));
    expect([harm.total, harm.windows[0]?.holder]).to.deep.equal([3, before.id]);
  });
});

describe("an invocation that the run did not send", () => {
  it("does not count as served beside another environment", () => {
    const run = new TestRun({ target: "aws" });
    const silent = run.environment();
    silent.init();
    const invoked = run.environment();
    invoked.init();
    const time = run.now;
    drive(run, invoked, handlerConnect, 3);
    const until = run.now;
    drive(run, invoked, handlerConnect, 5);
    run.wait(600_000);
    const { exposure, invocations } = judge(begunAt(run.end(), time, until));
    expect([invocations.planned, exposure.served]).to.deep.equal([3, 3]);
  });
});

describe("an environment that was initialised shortly before the run and never invoked", () => {
  it("is an INIT WITHOUT INVOKE of the run, and can be the holder", () => {
    const run = new TestRun({ target: "aws" });
    const silent = run.environment();
    silent.init(() => silent.connect());
    run.wait(30_000);
    const time = run.now;
    const invoked = run.environment();
    invoked.init(() => invoked.connect());
    drive(run, invoked, initConnect, 3);
    run.wait(600_000);
    const { harm, inits, exposure, findings } = judge(begunAt(run.end(), time));
    expect([harm.total, harm.windows[0]?.holder]).to.deep.equal([3, silent.id]);
    expect([inits.total, inits.withoutInvoke, exposure.initWithoutInvoke]).to.deep.equal([2, 1, 1]);
    expect(
      findings.filter(({ check, status }) => check === "init-without-invoke" && status === "found"),
    ).to.have.lengthOf(1);
  });
});

describe("an environment of a published version that was initialised shortly before the run and never invoked", () => {
  it("may be deleted with its version: it is no hazard of a run that neither invokes nor published this version", () => {
    const run = new TestRun({ target: "aws" });
    const silent = run.environment();
    silent.init();
    run.wait(30_000);
    const time = run.now;
    const invoked = run.environment();
    invoked.init();
    drive(run, invoked, handlerConnect, 3);
    run.wait(600_000);
    const evidence = begunAt(run.end(), time);
    const published = JSON.parse(
      JSON.stringify(evidence).replaceAll(silent.id, silent.id.replace("$LATEST", "26")),
    ) as Evidence;
    const exposed = ({ exposure, inits }: ReturnType<typeof judge>): unknown => [
      exposure.total,
      exposure.initWithoutInvoke,
      inits.total,
    ];
    expect(exposed(judge(evidence))).to.deep.equal([1, 1, 2]);
    expect(exposed(judge(published))).to.deep.equal([0, 0, 1]);
  });
});
