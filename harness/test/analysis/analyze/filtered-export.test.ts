/** Tests logs that were filtered for errors when they were exported: lines about errors show invocations, but the START lines are missing. */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import { aheadElsewhere, initConnect } from "./designs.ts";
import { judge, said } from "./judge.ts";
import { TestRun, type TestEnvironment } from "./story.ts";
import type { Format } from "./story-options.ts";

const OF_INVOCATION = /^(?:START|END|REPORT) |"type":"platform\.(?:start|runtimeDone|report|invokeSummary)"/;

function hazard(format: Format): Evidence {
  const run = new TestRun({ target: "logs", format, lines: false });
  aheadElsewhere(run, initConnect, { during: 15, after: 15 });
  // For an Init at the end of a log, a START could still arrive. So this log ends with an invocation an hour later.
  run.wait(3_600_000);
  run.invoke(run.environments.at(-1) as TestEnvironment, (call) => initConnect.invoke(call));
  return run.end();
}

const filtered = (evidence: Evidence, unwanted: RegExp): Evidence => ({
  ...evidence,
  functions: evidence.functions.map((one) => ({
    ...one,
    records: [...one.records].filter(({ message }) => !unwanted.test(message)),
  })),
});

describe("a log that was filtered for errors", () => {
  it("in text format, shows the failed invocations, but not which environments were never invoked", () => {
    const whole = judge(hazard("text"));
    expect([whole.verdict, whole.invocations.functionErrors, whole.inits.withoutInvoke]).to.deep.equal([
      "fail",
      15,
      1,
    ]);
    const result = judge(filtered(hazard("text"), OF_INVOCATION));
    expect([result.verdict, result.reasons.includes("accounting")]).to.deep.equal(["inconclusive", true]);
    expect(result.invocations.functionErrors).to.equal(15);
    expect([result.inits.withoutInvoke, result.exposure.initWithoutInvoke]).to.deep.equal([0, null]);
    expect(said(result, "init-without-invoke")).to.deep.equal([
      { status: "unknown", code: "starts-not-shown", parameters: { environments: 2 } },
    ]);
  });

  it("shows invocations of unknown outcome if the function itself could have written the error lines", () => {
    const result = judge(filtered(hazard("json-debug"), OF_INVOCATION));
    expect([
      result.verdict,
      result.invocations.functionErrors,
      result.invocations.unknown,
      result.inits.withoutInvoke,
    ]).to.deep.equal(["inconclusive", 0, 15, 0]);
  });

  it("still shows an INIT without INVOKE if only the START lines are missing", () => {
    const result = judge(filtered(hazard("text"), /^START /));
    expect(result.inits.withoutInvoke).to.equal(1);
  });
});
