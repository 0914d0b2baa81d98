/**
 * Tests functions that write no lifecycle lines, and do not close their half of a connection when the peer (here a device) sends its FIN. Clients
 * in Go, Python and Java behave like this. Only the link shows what happened.
 */
import { expect } from "chai";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import { crashPlan } from "./crash-plan.ts";
import { drive, handlerConnect } from "./designs.ts";
import { causes, judge } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { iso } from "./story-options.ts";
import { TestRun, type TestCall, type TestEnvironment } from "./story.ts";

type Link = ReturnType<TestRun["newLink"]>;

const MYSQL = { protocol: "mysql", catalogue: 1 } as const;

const CRASH = crashPlan("in-flight");

/** Writes the link's lines of a connection that the device accepts. */
function opens(run: TestRun, environment: TestEnvironment): Link {
  const link = run.newLink(environment);
  run.linkLine("opened", link);
  run.wait(1);
  run.linkLine("connected", link);
  run.wait(1);
  return link;
}

function served(run: TestRun, environment: TestEnvironment): Link {
  const link = opens(run, environment);
  run.linkLine("answered", link, { answered: true });
  return link;
}

/** The device sends its FIN. The function does not answer it, so no line `closed` follows. */
function hangsUp(run: TestRun, link: Link, answered = false): void {
  run.linkLine("half-closed", link, { by: "peer", answered });
  run.wait(1);
}

function turnedAway(run: TestRun, call: TestCall): void {
  hangsUp(run, opens(run, call.environment));
  call.throws("EOF");
}

const harmOf = (run: TestRun): { readonly harmed: number; readonly holders: readonly (string | null)[] } => {
  const { harm, findings } = judge(mutate.withoutPeerLog(run.end()));
  return {
    harmed: harm.total,
    holders: [
      ...new Set(
        findings
          .filter(({ kind, status }) => kind === "harm" && status === "found")
          .map(({ holder }) => holder),
      ),
    ],
  };
};

/** Returns the cause of each failed invocation, and when the peer ended its connection. */
function failures(run: TestRun): readonly { readonly cause: string | null; readonly at: string | null }[] {
  return judge(mutate.withoutPeerLog(run.end()))
    .invocationList.filter(({ outcome }) => outcome !== "succeeded")
    .map(({ cause, peerClosedAt }) => ({ cause, at: peerClosedAt ?? null }));
}

describe("connections that only the device has ended", () => {
  it("count as refused if the device sends its FIN without an answer", () => {
    const run = new TestRun({ lines: false });
    const silent = run.environment();
    silent.init(() => void served(run, silent));
    const invoked = run.environment().init();
    run.invoke(invoked, (call) => turnedAway(run, call));
    run.wait(3_000);
    expect(harmOf(run)).to.deep.equal({ harmed: 1, holders: [silent.id] });
  });

  it("do not make their environment the holder", () => {
    const run = new TestRun({ lines: false });
    const silent = run.environment();
    let kept: Link | null = null;
    silent.init(() => (kept = served(run, silent)));
    run.wait(5_000);
    if (kept !== null) hangsUp(run, kept, true);
    const invoked = run.environment().init();
    run.invoke(invoked, (call) => turnedAway(run, call));
    run.wait(3_000);
    expect(harmOf(run)).to.deep.equal({ harmed: 0, holders: [] });
  });

  it("explain a failure (`peer-closed`, with the time of the FIN) if the device ends every connection", () => {
    const run = new TestRun({ lines: false });
    const one = run.environment().init();
    let at = 0;
    run.invoke(one, (call) => {
      at = run.now + 2;
      turnedAway(run, call);
    });
    expect(failures(run)).to.deep.equal([{ cause: "peer-closed", at: iso(at) }]);
    expect(judge(mutate.withoutPeerLog(run.end())).verdict).to.equal("inconclusive");
  });

  it("explain a failure (`peer-closed`, with the time of the FIN) if the device ended a kept connection while the environment was idle", () => {
    const run = new TestRun({ lines: false, success: "true" });
    const one = run.environment();
    let kept: Link | null = null;
    one.init(() => (kept = served(run, one)));
    run.invoke(one, () => run.wait(5));
    run.wait(3_000);
    const at = run.now;
    if (kept !== null) hangsUp(run, kept, true);
    run.wait(1_000);
    run.invoke(one, (call) => call.throws("EOF"));
    expect(failures(run)).to.deep.equal([{ cause: "peer-closed", at: iso(at) }]);
  });

  it("explain no failure if the device ended the connection during the previous invocation", () => {
    const run = new TestRun({ lines: false, success: "true" });
    const one = run.environment().init();
    run.invoke(one, () => {
      hangsUp(run, served(run, one), true);
      run.wait(5);
    });
    run.wait(1_000);
    run.invoke(one, (call) => call.throws("TypeError"));
    expect(failures(run)).to.deep.equal([{ cause: null, at: null }]);
  });

  it("explain no failure if the device only answered the goodbye of the previous invocation", () => {
    const of = (goodbye: boolean): readonly (string | null)[] => {
      const run = new TestRun({ lines: false });
      const one = run.environment().init();
      let kept: Link | null = null;
      run.invoke(one, () => (kept = served(run, one)));
      run.wait(5);
      if (kept !== null)
        run.linkLine("half-closed", kept, {
          ...MYSQL,
          by: "peer",
          answered: true,
          outcome: "accepted",
          goodbye,
        });
      run.wait(1_000);
      run.invoke(one, (call) => call.throws("TypeError"));
      return failures(run).map(({ cause }) => cause);
    };
    expect([of(true), of(false)]).to.deep.equal([[null], ["peer-closed"]]);
  });

  it("explain no failure of a process that the plan crashed", () => {
    const run = new TestRun({ lines: false, success: "true" });
    const one = run.environment();
    let kept: Link | null = null;
    one.init(() => (kept = served(run, one)));
    run.invoke(one, () => run.wait(5));
    run.wait(3_000);
    if (kept !== null) hangsUp(run, kept, true);
    run.wait(1_000);
    const from = iso(run.now);
    run.invoke(one, (call) => call.reset("crash"));
    const evidence = mutate.withoutPeerLog(run.end());
    const entry = { functionName: run.options.name, entry: 0, from, to: iso(run.now), detail: null };
    const applied = [{ ...entry, result: "applied" as const, environments: [one.id] }];
    expect(causes(judge({ ...evidence, plan: CRASH, applied }))).to.deep.equal(["crash"]);
  });
});

describe("connections that the function ends first", () => {
  it("are judged in the same way with and without the link's `half-closed` lines", () => {
    const story = (halfCloses: boolean): ReturnType<typeof judge> => {
      const run = new TestRun();
      drive(run, run.environment().init(), handlerConnect, 3);
      const evidence = run.end();
      const isHalf = ({ event }: LinkLogRecord): boolean => event === "half-closed";
      const [one] = evidence.functions;
      if (one?.linkLog == null) throw new Error("no link log");
      expect(one.linkLog.some(isHalf)).to.equal(true);
      const linkLog = halfCloses ? one.linkLog : one.linkLog.filter((line) => !isHalf(line));
      return judge({ ...evidence, functions: [{ ...one, linkLog }] });
    };
    expect(story(true)).to.deep.equal(story(false));
  });
});
