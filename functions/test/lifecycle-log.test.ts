import { expect } from "chai";
import { createLifecycleLog } from "../src/lifecycle-log.ts";

describe("the lifecycle log", () => {
  it("writes numbered lines, each a JSON object with the current phase and request", () => {
    const written: string[] = [];
    const log = createLifecycleLog((line) => written.push(line));
    log.write("boot", { design: "test" });
    log.enter("invoke", "r1");
    log.write("connect", { outcome: "refused", detail: "two\nlines" });
    log.enter("shutdown", null);
    log.write("disconnect");
    const { bootId } = log;
    expect(written.every((line) => !line.includes("\n"))).to.equal(true);
    expect(written.map((line) => ({ ...(JSON.parse(line) as object), time: "t" }))).to.deep.equal([
      {
        longrun: 1,
        time: "t",
        event: "boot",
        bootId,
        phase: "init",
        requestId: null,
        sequence: 1,
        design: "test",
      },
      {
        longrun: 1,
        time: "t",
        event: "connect",
        bootId,
        phase: "invoke",
        requestId: "r1",
        sequence: 2,
        outcome: "refused",
        detail: "two\nlines",
      },
      { longrun: 1, time: "t", event: "disconnect", bootId, phase: "shutdown", requestId: null, sequence: 3 },
    ]);
  });

  it("gives each boot its own id", () => {
    expect(createLifecycleLog().bootId).to.not.equal(createLifecycleLog().bootId);
  });
});
