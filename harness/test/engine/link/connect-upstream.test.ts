/**
 * Tests that the link forwards the message of a server that writes why it refuses and immediately resets the connection. The link may notice
 * the reset before it reads the message, so the test expects only three quarters of the messages. Without
 * connect-upstream.ts, a tenth to a half arrives.
 */
import { expect } from "chai";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { systemClock } from "../../../src/adapters/node/system-clock.ts";
import { LinkRecorder } from "../../../src/engine/link/link-recorder.ts";
import { Link } from "../../../src/engine/link/link.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const SERVER = `
const server = require("node:net").createServer((socket) => {
  socket.on("error", () => {});
  socket.write("-ERR max number of clients reached\\r\\n", () => socket.resetAndDestroy());
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));`;
const TRIES = 100;

for (const host of ["127.0.0.1", "localhost"])
  describe(`the last messages of a peer at ${host} that resets its connections`, () => {
    const folder = temporaryFolder();
    let server: ChildProcess;
    let link: Link;
    let recorder: LinkRecorder;
    beforeEach(async () => {
      const file = join(folder.path(), "server.cjs");
      writeFileSync(file, SERVER);
      server = fork(file, { execArgv: [] });
      const [port] = (await once(server, "message")) as [number];
      recorder = new LinkRecorder(systemClock);
      link = await Link.open(
        { functionName: "one", environment: "e" },
        {
          upstream: { host, port },
          listen: { host: "127.0.0.1", port: 0 },
          deadLinkResetMs: null,
          protocol: null,
          recorder,
        },
      );
    });
    afterEach(async () => {
      await link.close();
      server.kill();
      await once(server, "exit");
    });

    for (const [who, request] of [
      ["is silent", ""],
      ["sends first", "*1\r\n$4\r\nPING\r\n"],
    ] as const)
      it(`reach the link's log, and a client that ${who}, more than three times in four`, async () => {
        let heard = 0;
        for (let times = 0; times < TRIES; times += 1) {
          const client = connect(link.address.port, "127.0.0.1");
          let text = "";
          client.on("data", (chunk) => (text += chunk.toString())).on("error", () => undefined);
          if (request !== "") client.write(request);
          await new Promise((closed) => client.once("close", closed));
          if (text.startsWith("-ERR max number")) heard += 1;
        }
        await link.drained();
        const closed = recorder.from(0).records.filter(({ event }) => event === "closed");
        const read = closed.filter(
          ({ outcome, text }) => outcome === "refused" && text === "max number of clients reached",
        );
        expect([closed.length, new Set(closed.map(({ by }) => by))]).to.deep.equal([
          TRIES,
          new Set(["peer"]),
        ]);
        expect([heard, read.length].map((number) => number > TRIES * 0.75)).to.deep.equal([true, true]);
      });
  });
