import { expect } from "chai";
import { readFileSync } from "node:fs";
import { createServer, get, type RequestListener } from "node:http";
import { createServer as createTlsServer, get as getByTls } from "node:https";
import type { AddressInfo } from "node:net";
import { platform } from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { probingAgents } from "../../../src/adapters/aws/probing-agents.ts";
import { certificateFor } from "../../support/certificate.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** The number of the keep-alive timer in /proc/net/tcp. */
const KEEP_ALIVE = "02";
/** Data that is not acknowledged yet has another timer, which hides the one of keep-alive. */
const OTHERS = new Set(["01", "03", "04"]);
/** The state of an open connection in /proc/net/tcp. */
const ESTABLISHED = "01";

describe("probingAgents", () => {
  const folder = temporaryFolder();
  before(function () {
    if (platform !== "linux") this.skip();
  });

  for (const reuse of [true, false])
    for (const scheme of ["http", "https"] as const) {
      it(`lets the sockets of ${scheme} send probes while an answer is awaited, and ${reuse ? "reuses" : "does not reuse"} them`, async () => {
        const agents = probingAgents({ reuse, maxSockets: 1 });
        const ports: (number | undefined)[] = [];
        const timers: string[] = [];
        const closed: Promise<void>[] = [];
        const answer: RequestListener = ({ socket }, response) => {
          ports.push(socket.remotePort);
          closed.push(new Promise((resolve) => socket.once("close", () => resolve())));
          void timerOf(socket.remotePort).then((timer) => {
            timers.push(timer);
            response.end();
          });
        };
        const server = scheme === "http" ? createServer(answer) : createTlsServer(keys(), answer);
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as AddressInfo;
        const request = { host: "127.0.0.1", port };
        const send = (): Promise<void> =>
          new Promise((resolve, reject) => {
            const sent =
              scheme === "http"
                ? get({ ...request, agent: agents.httpAgent })
                : getByTls({ ...request, agent: agents.httpsAgent, rejectUnauthorized: false });
            sent.once("response", (response) => response.resume().once("end", resolve));
            sent.once("error", reject);
          });
        for (let call = 0; call < 2; call += 1) {
          await send();
          if (!reuse) await closed[call];
        }
        agents.httpAgent.destroy();
        agents.httpsAgent.destroy();
        await new Promise((resolve) => server.close(resolve));
        expect([timers, new Set(ports).size]).to.deep.equal([[KEEP_ALIVE, KEEP_ALIVE], reuse ? 1 : 2]);
      });
    }

  function keys() {
    const { key, cert } = certificateFor("localhost", folder.path());
    return { key: readFileSync(key), cert: readFileSync(cert) };
  }
});

/** The timer of the client's open socket with this port. A closed one with the same port stays in the list for a minute. */
async function timerOf(port: number | undefined): Promise<string> {
  const hex = (port ?? 0).toString(16).toUpperCase().padStart(4, "0");
  for (;;) {
    const rows = readFileSync("/proc/net/tcp", "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/));
    const row = rows.find(
      ([, local, , state]) => local?.endsWith(`:${hex}`) === true && state === ESTABLISHED,
    );
    const timer = row?.[5]?.slice(0, 2) ?? "none";
    if (!OTHERS.has(timer)) return timer;
    await wait(2);
  }
}
