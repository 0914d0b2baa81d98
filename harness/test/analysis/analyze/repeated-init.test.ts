/**
 * Tests an Init that fails because the peer refuses its connection, and that runs again inside each invocation: a module that connects
 * at its top level and does not catch the error. The platform writes START only after such an Init has failed. The function writes no
 * lines. The links show the connections, and in one of the tests the peer's log shows them too.
 */
import { expect } from "chai";
import { judge } from "./judge.ts";
import { type TestEnvironment, TestRun } from "./story.ts";

const SEEN = { protocol: "postgres", catalogue: 1, answered: true } as const;
const FULL = { ...SEEN, outcome: "refused", code: "53300", text: "too many connections" } as const;

/** Opens a connection and gets the server's answer. A refused connection is closed by the server. */
function connect(run: TestRun, environment: TestEnvironment, answer: "accepted" | "refused"): void {
  const link = run.newLink(environment);
  run.linkLine("opened", link);
  run.wait(1);
  const { remote } = run.arrive({ bootId: null, logStream: environment.id, phase: null }, link);
  run.linkLine("connected", link, { upstreamLocal: remote });
  run.wait(5);
  run.linkLine("answered", link, { answered: true });
  if (answer === "accepted") {
    run.linkLine("recognised", link, { ...SEEN, outcome: "accepted", code: null });
    return;
  }
  run.linkLine("recognised", link, FULL);
  run.wait(2);
  run.linkLine("closed", link, { ...FULL, by: "peer", ending: "fin", goodbye: false });
}

/** Makes an invocation of an environment without a process: the Init runs again, fails, and ends the invocation. */
function invokeAgain(run: TestRun, environment: TestEnvironment): void {
  environment.startBoot(() => connect(run, environment, "refused"));
  run.wait(10);
  environment.platform("initReport", {
    initializationType: "on-demand",
    phase: "invoke",
    status: "error",
    errorType: "Runtime.ExitError",
    metrics: { durationMs: 30 },
  });
  run.invoke(environment, (call) => call.reset("crash"), { readMs: 0 });
}

describe("an Init that the peer refuses and that runs again inside the invocation", () => {
  for (const peerLog of [false, true])
    it(`harms the invocation: the environment that was never invoked holds the peer (${peerLog ? "with" : "without"} the peer's log)`, () => {
      const run = new TestRun({ lines: false, success: "true" });
      const holder = run.environment();
      holder.init(() => connect(run, holder, "accepted"));
      const invoked = run.environment();
      invoked.init(() => connect(run, invoked, "refused"), { status: "error" });
      for (let count = 0; count < 4; count += 1) {
        run.wait(300);
        invokeAgain(run, invoked);
      }
      const evidence = run.end();
      const functions = evidence.functions.map((each) => (peerLog ? each : { ...each, peerLog: null }));
      const { verdict, invocationList, findings } = judge({ ...evidence, functions });
      expect(verdict).to.equal("fail");
      expect(invocationList.map(({ harmed }) => harmed)).to.deep.equal([true, true, true, true]);
      const harm = findings.filter(({ kind, status }) => kind === "harm" && status === "found");
      expect(harm.map((one) => one.holder)).to.deep.equal([holder.id]);
    });
});
