/** Tests that a rejection that nothing handles ends each command with exit code 70 and its stack. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { COMMAND } from "./built-command.ts";

/** Rejects in the command's own process only, after `nodeMachine` has begun to listen: as soon as the command does something. */
const PLANTED = `if (process.argv.includes("WHICH")) process.on("newListener", (name) => {
  if (name === "uncaughtException")
    setImmediate(() => setImmediate(function planted() { void Promise.reject(new Error("planted by the test")); }));
});`;

describe("a rejection that nothing handles", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  for (const [command, ...more] of [
    ["soak", "--function", "handler-connect", "--duration", "60s", "--interval", "1s", "--out", "run"],
    ["serve", "--port", "0"],
    ["peer", "--port", "0"],
  ] as const)
    it(`ends ${command} with exit code 70 and says its stack`, async () => {
      const module = Buffer.from(PLANTED.replace("WHICH", command)).toString("base64");
      const child = spawn(
        process.execPath,
        [`--import=data:text/javascript;base64,${module}`, COMMAND, command, ...more],
        { cwd: folder.path(), stdio: ["ignore", "ignore", "pipe"] },
      );
      const [said, ended] = await Promise.all([
        text(child.stderr),
        once(child, "exit") as Promise<[number | null]>,
      ]);
      expect(ended[0]).to.equal(70);
      expect(said).to.match(/planted by the test[^]*\n +at .*planted/);
    });
});
