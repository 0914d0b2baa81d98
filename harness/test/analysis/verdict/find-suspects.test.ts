/** Tests who is suspected of harm by logs alone, where the evidence does not decide it. */
import { expect } from "chai";
import { aheadElsewhere, initConnect } from "../analyze/designs.ts";
import { judge } from "../analyze/judge.ts";
import { TestRun } from "../analyze/story.ts";
import { judged, only } from "../../evidence/judged-logs.ts";
import { PlainLog } from "../../support/plain-log.ts";

const REFUSED = "connect ECONNREFUSED 10.0.3.17:5020";

async function suspicions({ records }: PlainLog) {
  const { findings } = only(await judged(records));
  return findings.flatMap((one) => (one.code === "harm-suspected" ? [one] : []));
}

const named = async (log: PlainLog): Promise<unknown> =>
  (await suspicions(log)).map(({ environment, parameters: { grade, failures, ofFailures } }) => [
    environment?.at(-1),
    grade,
    failures,
    ofFailures,
  ]);

describe("a suspect, by logs alone", () => {
  it("is the environment that was never invoked, if all failures follow its Init, with what else fits and what decides", async () => {
    const log = new PlainLog().init("a", 0).init("b", 20);
    for (let n = 0; n < 30; n += 1) log.invoke("b", 21 + n * 10, REFUSED);
    const [finding, ...others] = await suspicions(log);
    expect(others).to.deep.equal([]);
    expect(finding).to.include({ check: "peer-reachable", status: "unknown", holder: null });
    expect(finding?.parameters).to.deep.equal({
      suspects: [
        {
          environment: `2026/11/20/[$LATEST]${"a".repeat(32)}`,
          since: "2026-11-20T20:19:20.000Z",
          invocations: 0,
        },
      ],
      ...{ moreSuspects: 0, grade: "possible", failures: 30, ofFailures: 30 },
      ...{ error: "nothing-listened", otherwise: "machine-down", decidedBy: "peer-log" },
    });
    expect(finding?.text).to.contain("All 30 failures follow its Init");
  });

  for (const [message, error] of [
    ["FATAL: sorry, too many clients already", "full"],
    ["read ECONNRESET", "reset"],
    ["connect ETIMEDOUT 10.0.3.17:5020", "timed-out"],
  ] as const)
    it(`is named for "${message}" too, and then another client may have held the machine`, async () => {
      const [finding] = await suspicions(new PlainLog().init("a", 0).init("b", 20).invoke("b", 21, message));
      expect(finding?.parameters).to.include({ error, otherwise: "other-client" });
    });

  it("is not named for an error about something else", async () => {
    const log = new PlainLog().init("a", 0).init("b", 20).invoke("b", 21, "x is not a function");
    expect(await named(log)).to.deep.equal([]);
  });

  it("is not the environment that was initialised after the first failure", async () => {
    const log = new PlainLog().init("b", 0).invoke("b", 1, REFUSED).init("a", 5).invoke("b", 10, REFUSED);
    expect(await named(log)).to.deep.equal([]);
  });

  it("is not an environment beside which another one was served", async () => {
    const log = new PlainLog().init("a", 0).init("b", 20);
    log.invoke("b", 21, null).invoke("b", 31, REFUSED);
    expect(await named(log)).to.deep.equal([]);
  });

  it("is the environment that served last, if none was silent", async () => {
    const log = new PlainLog().init("a", 0).invoke("a", 1, null).init("b", 20);
    log.invoke("b", 21, REFUSED).invoke("b", 31, REFUSED);
    expect(await named(log)).to.deep.equal([["a", "possible", 2, 2]]);
  });

  it("is named for each time of failures", async () => {
    const log = new PlainLog().init("a", 0).init("b", 20).invoke("b", 21, REFUSED).invoke("b", 31, null);
    log.init("c", 40).init("d", 50);
    log.invoke("d", 51, REFUSED).invoke("d", 61, REFUSED);
    expect(await named(log)).to.deep.equal([
      ["c", "possible", 2, 3],
      ["a", "possible", 1, 3],
    ]);
  });
});

describe("a suspect in a run", () => {
  it("is not named where the holder is known", () => {
    const run = new TestRun();
    aheadElsewhere(run, initConnect);
    const codes = judge(run.end()).findings.map(({ code }) => code);
    expect(codes).to.contain("peer-held");
    expect(codes).not.to.contain("harm-suspected");
  });
});
