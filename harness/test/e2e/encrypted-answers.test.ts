import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { createServer, type Server } from "node:tls";
import type { LinkLogRecord } from "../../src/record/link-log.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { certificateFor } from "../support/certificate.ts";
import { exampleFile, handlerFile } from "../support/servers/all-servers.ts";
import { startPostgres, type Postgres } from "../support/servers/postgres.ts";
import { requireTool } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

/** Returns the outcome of each connection at its end. */
function outcomes(links: string): readonly unknown[] {
  const records = links
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [JSON.parse(line) as LinkLogRecord]));
  return records.flatMap(({ event, outcome }) => (event === "closed" ? [outcome] : []));
}

describeInTestAll("longrun soak with a real Postgres that serves one client, under TLS", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  let server: Postgres | null = null;
  beforeEach(async function () {
    await requireTool(this, ["openssl", "version"]);
    const { key, cert } = certificateFor("db.internal", folder.path());
    const tls = ["ssl=on", `ssl_key_file=${key}`, `ssl_cert_file=${cert}`];
    server = await startPostgres({ roleLimit: 1, settings: tls });
    if (server === null) return await requireTool(this, ["postgres", "--version"]);
  });
  afterEach(async () => {
    await server?.stop();
    server = null;
  });

  const soak = async (code: string): Promise<{ said: string; result: RunResult; links: string }> => {
    const { out, err } = await run(
      [
        ...["soak", "--code", `one=${code}`, "--link", "DATABASE_URL", "--yes", "--out", "run"],
        ...["--env", `DATABASE_URL=${server?.url ?? ""}?sslmode=no-verify`],
        ...["--platform", "typical", "--seed", "1", "--duration", "20s", "--interval", "300ms"],
      ],
      folder.path(),
    );
    const file = (name: string): string => readFileSync(join(folder.path(), "run", name), "utf8");
    return {
      said: `${out}\n${err}`,
      result: JSON.parse(file("result.json")) as RunResult,
      links: file("logs/link-one.jsonl"),
    };
  };

  it("never passes a handler that catches the refusal and closes the connection before the server does", async () => {
    const { said, result, links } = await soak(handlerFile("postgres-swallows.mjs"));
    const [only] = result.functions;
    expect(only?.verdict, said).to.equal("inconclusive");
    const unknown = only?.findings.filter(({ code }) => code === "harm-unknown") ?? [];
    expect(JSON.stringify(unknown), said).to.include('"answer-encrypted"');
    expect(outcomes(links)).to.include.members(["unreadable", "accepted"]);
  });

  it("passes the fixed handler, although the server's answers are encrypted", async () => {
    const { said, result, links } = await soak(exampleFile("postgres/handler-connect.mjs"));
    expect(result.functions[0]?.verdict, said).to.equal("pass");
    expect([...new Set(outcomes(links))]).to.deep.equal(["accepted"]);
  });
});

/** This function keeps its connection. If no answer comes, it returns without an error. */
const KEEPS_AND_SWALLOWS = `
import tls from "node:tls";
import { once } from "node:events";
const { PEER_HOST: host, PEER_PORT: port } = process.env;
let socket = null;
export const handler = async () => {
  if (socket === null) {
    socket = tls.connect({ host, port: Number(port), rejectUnauthorized: false });
    socket.on("error", () => {});
    await once(socket, "secureConnect");
  }
  socket.write("PING\\r\\n");
  const signal = AbortSignal.timeout(100);
  try {
    await once(socket, "data", { signal });
    return { answered: true };
  } catch {
    return { answered: false };
  }
};`;

describeInTestAll("longrun soak with a TLS proxy that never serves its clients", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const open: Socket[] = [];
  let proxy: Server | null = null;
  beforeEach(async function () {
    await requireTool(this, ["openssl", "version"]);
    const { key, cert } = certificateFor("db.internal", folder.path());
    const options = { key: readFileSync(key), cert: readFileSync(cert), allowHalfOpen: true };
    proxy = createServer(options, (socket) => {
      open.push(socket);
      socket.resume();
      socket.on("error", () => {});
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.destroy();
    proxy?.close();
    proxy = null;
  });

  it("never passes a handler that keeps its connection and ignores missing answers", async () => {
    writeFileSync(join(folder.path(), "handler.mjs"), KEEPS_AND_SWALLOWS);
    const { port } = proxy?.address() as AddressInfo;
    const { out, err } = await run(
      [
        ...["soak", "--code", "one=handler.mjs", "--link", "PEER_HOST:PEER_PORT", "--yes", "--out", "run"],
        ...["--env", "PEER_HOST=127.0.0.1", "--env", `PEER_PORT=${String(port)}`],
        ...["--capacity", "50", "--kept-connections", "allowed"],
        ...["--platform", "typical", "--seed", "1", "--duration", "20s", "--interval", "300ms"],
      ],
      folder.path(),
    );
    const result = JSON.parse(readFileSync(join(folder.path(), "run", "result.json"), "utf8")) as RunResult;
    const [only] = result.functions;
    expect([only?.verdict, only?.exposure.total], `${out}\n${err}`).to.deep.equal(["inconclusive", 1]);
    expect(JSON.stringify(only?.findings)).to.include('"answer-encrypted"');
  });
});
