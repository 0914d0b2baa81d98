/** How long a server may take to free the place of a closed connection. */
import { expect } from "chai";
import { ready } from "../analyze/designs.ts";
import { judge, said } from "../analyze/judge.ts";
import { iso } from "../analyze/story-options.ts";
import { TestRun, type TestEnvironment } from "../analyze/story.ts";

/** Invokes an environment. Its handler connects, and throws an error if the peer turns it away. */
function invokeOnce(run: TestRun, environment: TestEnvironment, during: () => void = () => {}): void {
  run.invoke(environment, (call) => {
    if (environment.connect() !== "accepted") return call.throws("PeerBusyError");
    during();
    environment.disconnect();
  });
}

describe("a place whose connection was closed before another client was refused", () => {
  for (const [ms, found] of [
    [-1, 0],
    [0, 1],
    [49, 1],
    [50, 0],
  ] as const)
    it(`${found === 1 ? "was perhaps not free yet" : "was free"} ${ms} ms after that`, () => {
      const run = new TestRun({ capacity: 1 });
      const [late, busy, refused] = [ready(run), ready(run), ready(run)];
      run.wait(2_500);
      invokeOnce(run, late);
      run.wait(200);
      invokeOnce(run, busy, () => invokeOnce(run, refused));
      const openedAt = run.linkLog.find(
        ({ event, environment }) => event === "opened" && environment === refused.id,
      )?.time;
      const closedAt = iso(Date.parse(openedAt ?? "") - ms);
      for (const [index, line] of run.linkLog.entries())
        if (line.environment === late.id && /closed/.test(line.event))
          run.linkLog[index] = { ...line, time: closedAt };
      const findings = said(
        judge(run.end(), { capacity: { places: 2, given: true } }),
        "server-close-awaited",
      );
      expect(findings.filter(({ status }) => status === "found")).to.have.lengthOf(found);
    });
});
