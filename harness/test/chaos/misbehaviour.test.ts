import { expect } from "chai";
import { testFleet } from "../engine/support/test-fleet.ts";
import { itInTestAll } from "../support/test-all.ts";
import { misbehaviour } from "./misbehaviour.ts";

/** What the engine reads of a process before the process has to wait (process-group.ts). */
const READ_AT_ONCE_BYTES = 64 * 1024;

describe("functions that misbehave in `make chaos`", () => {
  itInTestAll("flood their log with more than the engine reads at once", async function () {
    const test = await testFleet({ isolation: "auto" });
    try {
      if (test.fleet.isolation !== "namespaces") return this.skip();
      const environment = { NODE_OPTIONS: misbehaviour("mark", ["flood"]) };
      test.add({ "index.mjs": "export const handler = async () => 1;" }, { environment });
      await test.invoke();
      await test.fleet.logged();
      const flood = test.logs.messages().filter((line) => line.startsWith("a line of a flood"));
      expect(Buffer.byteLength(flood.join(""))).to.be.above(5 * READ_AT_ONCE_BYTES);
    } finally {
      await test.close();
    }
  });
});
