/**
 * Tests a link to a proxy that completes the TLS handshake of every client and then serves only one client, without ever closing its half
 * of a connection. A connection in the proxy's queue must never look like an accepted one, however the connection ends.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server, type TLSSocket } from "node:tls";
import { linkTimeline, readLinks } from "../../../../src/analysis/timeline/link-timeline.ts";
import { linkOutcome } from "../../../../src/analysis/correlate/link-outcome.ts";
import { DEFAULT_LINK as LINK } from "../../../../src/engine/link/link-options.ts";
import type { LinkLogRecord } from "../../../../src/record/link-log.ts";
import { certificateFor } from "../../../support/certificate.ts";
import { requireTool } from "../../../support/require-tool.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { testFleet, type TestFleet } from "../../support/test-fleet.ts";

/** This function connects once, keeps the connection, and does what its event says. */
const CLIENT = `
import tls from "node:tls";
import { once } from "node:events";
const { PEER_HOST: host, PEER_PORT: port } = process.env;
const socket = tls.connect({ host, port: Number(port), rejectUnauthorized: false });
socket.on("error", () => {});
await once(socket, "secureConnect");
export const handler = async ({ ask, end }) => {
  for (let times = 0; times < ask; times += 1) {
    const answer = once(socket, "data");
    socket.write("PING\\r\\n");
    if (ask > 1) await answer;
  }
  if (end) await new Promise((sent) => socket.end(sent));
};`;

describe("the link and a proxy with a queue behind TLS", () => {
  const folder = temporaryFolder();
  let test: TestFleet;
  let proxy: Server;
  let open: TLSSocket[];
  let serves: boolean;
  beforeEach(async function () {
    await requireTool(this, ["openssl", "version"]);
    const { key, cert } = certificateFor("db.internal", folder.path());
    open = [];
    serves = false;
    const options = { key: readFileSync(key), cert: readFileSync(cert), allowHalfOpen: true };
    proxy = createServer(options, (socket) => {
      open.push(socket);
      socket.on("error", () => {});
      socket.on("data", () => serves && socket.write("+PONG\r\n"));
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    test = await testFleet({ links: [LINK] });
    const { port } = proxy.address() as AddressInfo;
    test.add({ "index.mjs": CLIENT }, { environment: { PEER_HOST: "127.0.0.1", PEER_PORT: String(port) } });
  });
  afterEach(async () => {
    await test.close();
    for (const socket of open) socket.destroy();
    proxy.close();
    await once(proxy, "close");
  });

  const records = (): readonly LinkLogRecord[] => test.fleet.linkRecords(0).records;
  const recorded = async (event: LinkLogRecord["event"]): Promise<void> => {
    while (!records().some((one) => one.event === event))
      await new Promise((resolve) => setImmediate(resolve));
  };
  const outcome = (): unknown => {
    const [[link] = []] = [...linkTimeline(readLinks(records())).values()];
    if (link === undefined) return "no connection";
    return linkOutcome(link, {
      next: null,
      started: [],
      answers: () => "unsaid",
      silent: new Set(),
      manner: null,
    });
  };
  const read = (): readonly string[] =>
    records().flatMap(({ event, by, outcome: said }) =>
      said === undefined ? [] : [[event, by, said].filter((part) => part !== null).join(" ")],
    );

  it("does not count a connection as accepted while it is open and unanswered", async () => {
    await test.invoke("probe", { ask: 1 });
    await recorded("recognised");
    expect([outcome(), read()]).to.deep.equal([null, ["recognised unreadable"]]);
  });

  it("does not count an unanswered connection as accepted if its environment ends", async () => {
    await test.invoke("probe", { ask: 1 });
    await test.fleet.retire("probe", { every: true }, "fin");
    await recorded("half-closed");
    expect([outcome(), read()]).to.deep.equal([
      null,
      ["recognised unreadable", "half-closed environment-end unreadable"],
    ]);
  });

  it("does not count an unanswered connection as accepted if the function closes it", async () => {
    await test.invoke("probe", { ask: 1, end: true });
    await recorded("half-closed");
    expect([outcome(), read()]).to.deep.equal([
      null,
      ["recognised unreadable", "half-closed function unreadable"],
    ]);
  });

  it("counts a connection as accepted if the server sent more replies than a server that refuses ever sends", async () => {
    serves = true;
    await test.invoke("probe", { ask: 5 });
    await test.fleet.retire("probe", { every: true }, "fin");
    await recorded("half-closed");
    expect([outcome(), read()]).to.deep.equal([
      "accepted",
      ["recognised unreadable", "half-closed environment-end accepted"],
    ]);
  });
});
