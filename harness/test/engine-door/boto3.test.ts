import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type RealEngine, realEngine, runClient } from "./real-engine.ts";
import { zipOf } from "./test-engine.ts";

const SESSION = fileURLToPath(new URL("boto3-session.py", import.meta.url));
const HANDLER = `export const handler = async (event, context) => {
  if (event.fail) throw new Error("as asked");
  return { n: event.n, id: context.awsRequestId };
};
`;

describe("engine door: a session of boto3", () => {
  let on: RealEngine;
  before(async function () {
    on = await realEngine();
    if ((await runClient("python3", ["-c", "import boto3"], on.engine.endpoint, on.folder))?.code === 0)
      return;
    process.stdout.write("      skipped: boto3 is not installed for the python3 here\n");
    this.skip();
  });
  after(() => on.close());

  it("does everything with defaults", async () => {
    writeFileSync(join(on.folder, "function.zip"), await zipOf([{ path: "index.mjs", content: HANDLER }]));
    const ended = await runClient("python3", [SESSION, "function.zip"], on.engine.endpoint, on.folder);
    expect(ended?.stderr).to.equal("");
    const { starts, ...seen } = JSON.parse(ended?.stdout ?? "null") as Record<string, unknown>;
    expect(seen).to.deep.equal({
      reserved: 1,
      invoked: [
        [0, true, "$LATEST"],
        [1, true, "$LATEST"],
        [2, true, "$LATEST"],
      ],
      accepted: [202, ""],
      error: [200, "Unhandled", "as asked"],
      throttle: ["TooManyRequestsException", 429, "ReservedFunctionConcurrentInvocationLimitExceeded"],
      platform: [
        "platform.initReport",
        "platform.initRuntimeDone",
        "platform.initStart",
        "platform.report",
        "platform.runtimeDone",
        "platform.start",
      ],
      first: "platform.initStart",
      left: [],
    });
    // The event may have met a running invocation and wait for its next attempt.
    expect(starts).to.be.within(4, 5);
    expect(on.problems).to.deep.equal([]);
  });
});
