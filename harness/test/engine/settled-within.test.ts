import { expect } from "chai";
import { setImmediate } from "node:timers/promises";
import { settledWithin } from "../../src/engine/settled-within.ts";

const timers = (): number => process.getActiveResourcesInfo().filter((one) => one === "Timeout").length;

describe("settledWithin", () => {
  it("leaves no timer behind if a promise rejects", async () => {
    // Mocha starts its own timer only after the synchronous part of the test. So the timers are counted after a pause.
    await setImmediate();
    const before = timers();
    const rejected = await settledWithin(60_000, [Promise.reject(new Error("broken"))]).catch(String);
    expect([rejected, timers()]).to.deep.equal(["Error: broken", before]);
  });
});
