/** If the process of an invocation ended before the invocation had opened a connection, the end of the process explains the failure. */
import { expect } from "chai";
import { endedUnconnected } from "../../../src/analysis/attribution/ended-unconnected.ts";
import type { LinkConnection } from "../../../src/analysis/timeline/environment.ts";
import { crashPlan } from "../analyze/crash-plan.ts";
import { drive, exposed, handlerConnect, ready } from "../analyze/designs.ts";
import { causes, judge, said } from "../analyze/judge.ts";
import * as mutate from "../analyze/mutate.ts";
import { iso } from "../analyze/story-options.ts";
import { TestRun, type TestCall } from "../analyze/story.ts";
import { partial } from "../partial.ts";

/** A function without lifecycle lines. `how` ends one invocation before it connects. */
function story(how: (call: TestCall) => void): TestRun {
  const run = new TestRun({ lines: false, success: "true" });
  run.invoke(exposed(run), (call) => {
    run.wait(5);
    how(call);
  });
  run.wait(1_000);
  drive(run, ready(run), handlerConnect, 2);
  return run;
}

const crashes = (call: TestCall): void => call.reset("crash");

describe("an invocation whose process ended before it connected", () => {
  it("is explained by a crash, and the run can pass", () => {
    const result = judge(story(crashes).end());
    expect([result.verdict, result.reasons, causes(result)]).to.deep.equal(["pass", [], ["crash"]]);
  });

  it("is explained by the end of its environment", () => {
    const result = judge(story((call) => call.environmentEnds("fin")).end());
    expect([said(result, "peer-reachable")[0]?.status, causes(result)]).to.deep.equal([
      "clear",
      ["environment-ended"],
    ]);
  });

  it("is not explained by a time-out, because the invocation may have waited for something", () => {
    const result = judge(story((call) => call.reset("timeout")).end());
    expect(said(result, "peer-reachable")[0]?.status).to.equal("unknown");
  });

  it("is not explained without a link log, or if the link log has a gap", () => {
    const evidence = story(crashes).end();
    const withGap = {
      ...evidence,
      functions: evidence.functions.map((one) => ({
        ...one,
        linkLog: one.linkLog?.filter(({ connection }) => connection !== 2) ?? null,
      })),
    };
    for (const less of [mutate.withoutLinkLog(evidence), withGap])
      expect(said(judge(less), "peer-reachable")[0]).to.deep.include({
        status: "unknown",
        parameters: { invocations: 1, why: { code: "nothing-shows", parameters: {} } },
      });
  });

  describe("or before the server had shown whether it serves the connection", () => {
    const plan = crashPlan("in-flight");

    /** The links show a connection of Postgres that the end of the process closed. */
    function cut(planned: boolean): ReturnType<typeof judge> {
      const run = new TestRun({ lines: false, success: "true" });
      const environment = ready(run);
      let from = 0;
      run.invoke(environment, (call) => {
        const link = run.newLink(environment);
        run.linkLine("opened", link);
        run.linkLine("connected", link);
        run.linkLine("answered", link, { answered: true });
        run.wait(3);
        from = run.now;
        const end = { by: "function", ending: "fin", protocol: "postgres", catalogue: 1 } as const;
        run.linkLine("closed", link, { ...end, answered: true, outcome: null, code: null, goodbye: false });
        call.reset("crash");
      });
      const evidence = run.end();
      const entry = { functionName: "f", entry: 0, from: iso(from), to: iso(from + 2), detail: null };
      return judge({
        ...evidence,
        plan,
        applied: planned ? [{ ...entry, result: "applied", environments: [environment.id] }] : [],
        functions: evidence.functions.map((one) => ({ ...one, peerLog: null })),
      });
    }

    it("is explained if the engine recorded that it had carried out a crash of the plan", () => {
      const result = cut(true);
      expect(said(result, "peer-reachable")[0]?.status).to.equal("clear");
      expect(said(result, "connection-held-across-freeze")[0]?.status).to.equal("clear");
    });

    it("is unknown if the process ended by itself", () => {
      const result = cut(false);
      expect(said(result, "peer-reachable")[0]?.status).to.equal("unknown");
      expect(said(result, "connection-held-across-freeze")[0]?.status).to.equal("unknown");
    });
  });
});

describe("endedUnconnected", () => {
  for (const [title, links, expected] of [
    ["there is no connection", [], true],
    ["the only connection was opened at the end of the invocation", [[20, null]], false],
    ["the only connection was opened after it", [[21, null]], true],
    ["a connection was closed at its start", [[0, 10]], false],
    ["a connection was closed before it", [[0, 9]], true],
    ["a earlier connection stayed open", [[0, null]], false],
    [
      "one of two connections was open",
      [
        [0, 9],
        [15, 16],
      ],
      false,
    ],
  ] as const)
    it(`returns ${expected} if ${title}`, () => {
      const own = links.map(([openedAt, closedAt]) => partial<LinkConnection>({ openedAt, closedAt }));
      const history = { links: new Map([["e", own]]), linksWhole: true };
      const invocation = { environment: { id: "e" }, start: 10, end: 20, reset: "crash", endedBy: null };
      expect(endedUnconnected(partial(history), partial(invocation))).to.equal(expected);
    });
});
