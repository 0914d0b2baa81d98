/** Runs scripts that use boto3 against real execution environments. Each check of a script is one test here. */
import { expect } from "chai";
import { type RealEngine, realEngine, runClient } from "../../engine/support/real-engine.ts";
import { requireTool } from "../../support/require-tool.ts";
import { BOTO3_SCRIPTS } from "./boto3-checks.ts";

/** For each script, what the engine must report to the operator: the events that it drops. */
const REPORTED: readonly (readonly string[])[] = [
  [
    "event ID of one was dropped after 0 attempts: ZeroReservedConcurrency",
    "event ID of events was dropped after 2 attempts: RetriesExhausted",
  ],
  [],
];

for (const [number, { what, file, checks }] of BOTO3_SCRIPTS.entries()) {
  describe(`conformance: boto3, ${what}`, () => {
    let on: RealEngine;
    let seen: Readonly<Record<string, string>>;
    before(async function () {
      await requireTool(this, ["python3", "-c", "import boto3"]);
      this.timeout(300_000);
      // A minute of the event queue passes in 600 ms.
      on = await realEngine({ events: { timeScale: 0.01 } });
      const ended = await runClient("python3", [file], on.engine.endpoint, on.folder);
      expect(ended?.stderr).to.equal("");
      seen = JSON.parse(ended?.stdout ?? "{}") as Record<string, string>;
    });
    after(() => on?.close());

    for (const name of checks)
      it(name.replaceAll("_", " "), () => {
        expect(seen[name]).to.equal("ok");
      });

    it("reports only the dropped events to the operator", () => {
      const reported = on.problems.map((problem) => problem.replace(/^event [0-9a-f-]{36}/, "event ID"));
      expect(reported).to.deep.equal(REPORTED[number]);
    });
  });
}
