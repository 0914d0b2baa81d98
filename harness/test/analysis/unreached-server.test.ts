import { expect } from "chai";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../src/record/judgement-settings.ts";
import { analyze } from "./analyze/judge.ts";
import { TestRun, type TestCall } from "./analyze/story.ts";

/** Returns the notices and the causes of failures of a run whose peer is down for two invocations. */
function outage(answer: (call: TestCall) => void) {
  const run = new TestRun({ lines: false });
  const one = run.environment().init();
  run.peerDies();
  for (let times = 0; times < 2; times += 1) {
    run.invoke(one, (call) => {
      one.connect();
      answer(call);
    });
    run.wait(1_000);
  }
  run.peerReady();
  run.invoke(one, () => void one.connect());
  const evidence = run.end();
  const failed = (evidence.functions[0]?.linkLog ?? []).filter(({ event }) => event === "connect-failed");
  const { notices = [], functions } = analyze(evidence, DEFAULT_JUDGEMENT_SETTINGS);
  const [only] = functions;
  const causes = [...(only?.invocationList ?? [])].flatMap(({ cause }) => cause ?? []);
  const harm = only?.findings.filter(({ kind }) => kind === "harm").map(({ code }) => code);
  return { notices, causes, harm, times: failed.map(({ time }) => time) };
}

describe("a server that the function cannot reach for a while", () => {
  it("causes a notice with the time, but no harm, if the handler catches the error", () => {
    const { notices, causes, times, harm } = outage(() => {});
    expect(times).to.have.length(2);
    expect(notices).to.have.length(1);
    expect(notices[0]).to.include(`between ${times[0]} and ${times[1]}, 2 attempts to connect to the server`);
    expect(notices[0]).to.include("(ECONNREFUSED)");
    expect([causes, harm]).to.deep.equal([[], ["peer-reached"]]);
  });

  it("causes no notice if failed invocations have the cause peer-down", () => {
    const { notices, causes } = outage((call) => call.throws("connect ECONNREFUSED"));
    expect([notices, causes]).to.deep.equal([[], ["peer-down", "peer-down"]]);
  });
});
