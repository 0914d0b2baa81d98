/**
 * Tests that a server's last message arrives although the function sends something at the same time. The test blocks the link until the
 * function has sent, and the server has written its message and reset the connection. If the link then wrote the function's bytes to the
 * server before it read the message, the message would be lost.
 */
import { expect } from "chai";
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../../src/adapters/node/system-clock.ts";
import { LinkRecorder } from "../../../src/engine/link/link-recorder.ts";
import { Link } from "../../../src/engine/link/link.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/**
 * The script of a process with a server and its client. The test first sends the process the port of the link, to which the client connects,
 * and later the path of a file. Then the client sends, the server answers and resets the connection, and the process makes the file.
 */
const BOTH = `
const { connect, createServer } = require("node:net");
const { writeFileSync } = require("node:fs");
const PING = "*1\\r\\n$4\\r\\nPING\\r\\n";
const server = createServer((accepted) => {
  accepted.on("error", () => {});
  accepted.once("data", () => process.send("connected"));
  process.once("message", (file) =>
    client.write(PING, () =>
      accepted.write("-ERR max number of clients reached\\r\\n", () => {
        accepted.resetAndDestroy();
        writeFileSync(file, "");
      })));
});
let client;
process.once("message", (port) => {
  client = connect(port, "127.0.0.1", () => client.write(PING));
  client.on("error", () => {});
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));`;

describe("the last message of a peer that resets a connection while the function sends", () => {
  const folder = temporaryFolder();

  it("is in the link's log", async () => {
    const [script, done] = [join(folder.path(), "both.cjs"), join(folder.path(), "done")];
    writeFileSync(script, BOTH);
    const both = fork(script, { execArgv: [] });
    const [port] = (await once(both, "message")) as [number];
    const recorder = new LinkRecorder(systemClock);
    const link = await Link.open(
      { functionName: "one", environment: "e" },
      {
        upstream: { host: "127.0.0.1", port },
        listen: { host: "127.0.0.1", port: 0 },
        deadLinkResetMs: null,
        protocol: null,
        recorder,
      },
    );
    both.send(link.address.port);
    await once(both, "message");
    both.send(done);
    execFileSync("sh", ["-c", `until [ -e '${done}' ]; do sleep 0.01; done`]);
    await link.drained();
    both.kill();
    await once(both, "exit");
    await link.close();
    expect(recorder.from(0).records.at(-1)).to.include({
      event: "closed",
      by: "peer",
      outcome: "refused",
      text: "max number of clients reached",
    });
  });
});
