import { expect } from "chai";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { LongrunError } from "../../../src/base/errors.ts";
import type { LinkOptions } from "../../../src/engine/link/link-options.ts";
import type { FleetOptions } from "../../../src/engine/scheduling/fleet-options.ts";
import { certificateFor } from "../../support/certificate.ts";
import { requireTool } from "../../support/require-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { payloadOf, testFleet, type TestFleet } from "../support/test-fleet.ts";

/** Connects to the address in the variable URL. Returns the peer's answer and the variable's value. */
const BY_VARIABLE = `import net from "node:net";
  export const handler = async () => { const url = new URL(process.env.URL);
    const socket = net.connect(Number(url.port), url.hostname);
    const answer = await new Promise((resolve, reject) => socket.once("data", resolve).once("error", reject));
    socket.end();
    return { answer: String(answer), url: process.env.URL.replace(url.port, "PORT") }; };`;

const BY_NAME = `import tls from "node:tls";
  export const handler = async ({ ca, port }) => {
    const socket = tls.connect({ host: "db.internal", port, ca });
    const answer = await new Promise((resolve, reject) => socket.once("data", resolve).once("error", reject));
    socket.end();
    return { answer: String(answer), authorized: socket.authorized, from: socket.remoteAddress }; };`;

describe("the address of a link", () => {
  const folder = temporaryFolder();
  let test: TestFleet | null = null;
  let server: Server | null = null;
  const sockets = new Set<Socket>();
  const notices: string[] = [];
  afterEach(async () => {
    await test?.close();
    test = null;
    for (const socket of sockets) socket.destroy();
    server?.close();
    server = null;
    notices.length = 0;
  });

  async function listen(made: Server): Promise<number> {
    server = made;
    made.on("connection", (socket) => sockets.add(socket));
    made.listen(0, "127.0.0.1");
    await once(made, "listening");
    return (made.address() as AddressInfo).port;
  }

  const greeting = (): Server => createServer((socket) => socket.end("served"));
  const fleetWith = async (
    link: Omit<LinkOptions, "upstreamOf"> & Partial<LinkOptions>,
    options: Partial<FleetOptions> = {},
  ): Promise<TestFleet> =>
    (test = await testFleet({
      links: [{ upstreamOf: () => null, ...link }],
      reportLink: (notice) => notices.push(notice),
      ...options,
    }));

  it("is put into one variable, in which only host and port change", async () => {
    const port = await listen(greeting());
    const subject = await fleetWith({ place: { variable: "URL" } });
    subject.add(
      { "index.mjs": BY_VARIABLE },
      { environment: { URL: `plc://me:a%40b@127.0.0.1:${port}/x?y#z` } },
    );
    expect(payloadOf(await subject.invoke())).to.deep.equal({
      answer: "served",
      url: "plc://me:a%40b@127.0.0.1:PORT/x?y#z",
    });
    expect(subject.fleet.linkRecords(0).records.map(({ event }) => event)).to.include("connected");
    expect(notices).to.deep.equal([
      `probe: URL gives each environment the address of its own link, which relays to 127.0.0.1:${port}`,
    ]);
  });

  it("is different for each peer of a function, and every record names its peer", async () => {
    const port = await listen(greeting());
    const upstreamOf = (): { host: string; port: number } => ({ host: "127.0.0.1", port });
    const links = [
      { peer: "db", place: { variable: "URL" }, upstreamOf },
      { peer: "broker", place: { hostVariable: "H", portVariable: "P" }, upstreamOf },
    ];
    const subject = (test = await testFleet({ links }));
    const connects = `import net from "node:net";
      const ask = (host, port) => new Promise((resolve, reject) =>
        net.connect(Number(port), host).once("data", (answer) => resolve(String(answer))).once("error", reject));
      export const handler = async () => { const url = new URL(process.env.URL);
        return [await ask(url.hostname, url.port), await ask(process.env.H, process.env.P), url.port !== process.env.P]; };`;
    subject.add({ "index.mjs": connects }, { environment: { URL: "plc://db:1" } });
    expect(payloadOf(await subject.invoke())).to.deep.equal(["served", "served", true]);
    const opened = subject.fleet.linkRecords(0).records.filter(({ event }) => event === "opened");
    expect(opened.map(({ peer, connection }) => [peer, connection])).to.deep.equal([
      ["db", 1],
      ["broker", 2],
    ]);
  });

  it("is reported once, even for a function with several environments and updates", async () => {
    const port = await listen(greeting());
    const subject = await fleetWith({ place: { variable: "URL" } });
    for (let update = 0; update < 2; update += 1) {
      subject.add({ "index.mjs": BY_VARIABLE }, { environment: { URL: `plc://127.0.0.1:${port}` } });
      subject.fleet.placeNext("probe", { placement: "new" });
      payloadOf(await subject.invoke());
    }
    expect(notices).to.have.length(1);
  });

  it("is not given to a function without the variable, and a notice lists its other variables", async () => {
    const subject = await fleetWith({ place: { variable: "URL" } });
    subject.add(
      { "index.mjs": "export const handler = async () => 1;" },
      { environment: { B: "x", A: "y" } },
    );
    expect(payloadOf(await subject.invoke())).to.equal(1);
    expect(notices).to.deep.equal(["probe gets no link: the function has no variable URL; it has A, B"]);
  });

  it("can be the peer's own name and port, so that the server's certificate can be checked", async function () {
    await requireTool(this, ["openssl", "version"]);
    const files = certificateFor("db.internal", folder.path());
    const [key, cert, ca] = [files.key, files.cert, files.authority].map((file) =>
      readFileSync(file, "utf8"),
    );
    const port = await listen(createTlsServer({ key, cert }, (socket) => socket.end("served")));
    const place = { name: "db.internal", port };
    const upstreamOf = (): { host: string; port: number } => ({ host: "127.0.0.1", port });
    const subject = await fleetWith({ place, upstreamOf }, { isolation: "auto" }).catch((error: unknown) => {
      if (error instanceof LongrunError && /isolation namespaces/.test(error.message)) return this.skip();
      throw error;
    });
    subject.add({ "index.mjs": BY_NAME });
    const seen: Record<string, unknown>[] = [];
    for (let environment = 0; environment < 2; environment += 1) {
      subject.fleet.placeNext("probe", { placement: "new" });
      seen.push(payloadOf(await subject.invoke("probe", { ca, port })) as Record<string, unknown>);
    }
    expect(seen.map(({ answer, authorized }) => ({ answer, authorized }))).to.deep.equal([
      { answer: "served", authorized: true },
      { answer: "served", authorized: true },
    ]);
    expect(new Set(seen.map(({ from }) => from)).size).to.equal(2);
    const connected = subject.fleet.linkRecords(0).records.filter(({ event }) => event === "connected");
    expect(new Set(connected.map(({ environment }) => environment)).size).to.equal(2);
  });

  it("needs the isolation `namespaces` if it is a host name", async () => {
    const place = { name: "db.internal", port: 5432 };
    const error: unknown = await fleetWith({ place }, { isolation: "none" }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(LongrunError);
    expect((error as LongrunError).message).to.match(
      /--link host needs isolation namespaces.*its own \/etc\/hosts.*switched off/,
    );
  });

  it("cannot be a host name if another program listens on the peer's port at every address", async function () {
    const everywhere = createServer();
    server = everywhere;
    everywhere.listen(0, "0.0.0.0");
    await once(everywhere, "listening");
    const { port } = everywhere.address() as AddressInfo;
    const error = (await fleetWith({ place: { name: "db.internal", port } }, { isolation: "auto" }).catch(
      (thrown: unknown) => thrown,
    )) as LongrunError;
    if (/isolation namespaces/.test(error.message)) return this.skip();
    expect(error.message).to.match(/cannot listen on port \d+ of 127\..*a program on this machine listens/);
  });
});
