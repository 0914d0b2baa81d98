import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import { crashPlan } from "../analyze/crash-plan.ts";
import { drive, exposed, handlerConnect, ready } from "../analyze/designs.ts";
import { judge, said } from "../analyze/judge.ts";
import { iso } from "../analyze/story-options.ts";
import { TestRun } from "../analyze/story.ts";

const PLAN = crashPlan("most-recent-idle");

/** A function without lifecycle lines whose process crashes between two invocations. `recorded` says whether the engine recorded the crash. */
function crashed(recorded: boolean): Evidence {
  const run = new TestRun({ lines: false, success: "true", hello: false });
  exposed(run);
  const environment = ready(run);
  drive(run, environment, handlerConnect, 2);
  run.wait(500);
  const [from, to] = [iso(run.now), iso(run.now + 5)];
  environment.processDies();
  run.wait(500);
  environment.startBoot(() => undefined);
  drive(run, environment, handlerConnect, 2);
  const entry = { functionName: run.options.name, entry: 0, from, to, detail: null };
  return {
    ...run.end(),
    plan: PLAN,
    applied: recorded ? [{ ...entry, result: "applied", environments: [environment.id] }] : [],
  };
}

describe("a process that crashed while it was idle", () => {
  it("is followed by another process, whose connections serve the later invocations", () => {
    const result = judge(crashed(true));
    expect([result.verdict, result.reasons, result.resets?.crashes]).to.deep.equal(["pass", [], 1]);
  });

  it("counts as crashed only if the engine recorded the crash", () => {
    const result = judge(crashed(false));
    expect(result.verdict).to.equal("inconclusive");
    expect(said(result, "peer-reachable")[0]?.status).to.equal("unknown");
  });
});
