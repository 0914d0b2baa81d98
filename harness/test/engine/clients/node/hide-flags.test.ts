import { expect } from "chai";
import { payloadOf, testFleet } from "../../support/test-fleet.ts";

/** Returns the flags of its process and of a process that it forks. */
const MODULE = `
import { fork } from "node:child_process";
import { once } from "node:events";
export const handler = async () => {
  const child = fork("./child.mjs");
  const [forked] = await once(child, "message");
  return [process.execArgv, forked];
};
`;

describe("a Node.js function's flags", () => {
  it("are those that Lambda gives to Node, also in a process that the function forks", async () => {
    const test = await testFleet();
    try {
      test.add({ "index.mjs": MODULE, "child.mjs": "process.send(process.execArgv);" });
      const flags = payloadOf(await test.invoke()) as readonly (readonly string[])[];
      for (const seen of flags)
        expect(seen.filter((flag) => !flag.startsWith("--no-experimental-"))).to.deep.equal([]);
      expect(flags[1]).to.deep.equal(flags[0]);
    } finally {
      await test.close();
    }
  });
});
