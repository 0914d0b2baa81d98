import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PeerLogRecord } from "../../src/record/peer-log.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { itInTestAll } from "../support/test-all.ts";
import { skipWithout } from "../support/require-tool.ts";
import { startMqttBroker } from "../support/servers/mqtt-broker.ts";
import { startPostgres } from "../support/servers/postgres.ts";
import { run } from "./built-command.ts";

const TWO_PEERS = fileURLToPath(new URL("../support/servers/handlers/two-peers.mjs", import.meta.url));

/**
 * Returns a handler that sends a request to both machines in each invocation. With `kept` it opens its connection to the second machine in
 * its module scope and keeps it, as in the failure of README.md.
 */
const handler = (kept: boolean): string => `import net from "node:net";
const open = (address) => new Promise((resolve, reject) => {
  const [host, port] = address.split(":");
  const socket = net.connect(Number(port), host, () => resolve(socket)).once("error", reject);
});
const ask = (socket) => new Promise((resolve, reject) => {
  socket.once("data", () => resolve(socket)).once("end", () => reject(new Error("turned away"))).once("error", reject).write("?");
});
const closed = (socket) => new Promise((resolve) => socket.once("close", resolve).end());
const connected = async () => open(process.env.SECOND).then(ask).then((socket) => socket.on("error", () => undefined), () => null);
let second = ${kept ? "await connected()" : "null"};
export const handler = async () => {
  await closed(await ask(await open(process.env.FIRST)));
  second ??= await connected();
  if (second === null) throw new Error("turned away");
  ${kept ? "await ask(second);" : "await closed(second); second = null;"}
  return { ok: true };
};
`;

/** Starts a machine that answers `places` clients at a time and closes the connections of further clients. */
async function machine(places: number): Promise<{ readonly address: string; close(): Promise<void> }> {
  const open = new Set<Socket>();
  const all = new Set<Socket>();
  const server: Server = createServer((socket) => {
    all.add(socket);
    socket.on("error", () => undefined);
    if (open.size >= places) return void socket.end();
    open.add(socket);
    socket.on("data", () => socket.write("!")).once("close", () => open.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    close: async () => {
      for (const socket of all) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

describe("longrun soak of a function with two peers", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();

  async function soaked(kept: boolean): Promise<RunResult["functions"][number]> {
    const [first, second] = [await machine(5), await machine(1)];
    try {
      writeFileSync(join(folder.path(), "handler.mjs"), handler(kept));
      const { err } = await run(
        [
          ...["soak", "--code", "handler.mjs", "--success", "ok = true", "--yes", "--out", "run"],
          ...["--peer", `db=${first.address}`, "--link", "db=FIRST", "--env", "FIRST=db.internal:5432"],
          ...["--peer", `broker=${second.address}`, "--link", "broker=SECOND", "--env", "SECOND=broker:1883"],
          ...["--platform", "hostile", "--seed", "3", "--duration", "10s", "--interval", "250ms"],
        ],
        folder.path(),
      );
      expect(err).to.include(
        `FIRST gives each environment the address of its own link, which relays to ${first.address}`,
      );
      const result = JSON.parse(readFileSync(join(folder.path(), "run", "result.json"), "utf8")) as RunResult;
      const [only] = result.functions;
      if (only === undefined) throw new Error("the result has no function");
      return only;
    } finally {
      await first.close();
      await second.close();
    }
  }

  itInTestAll(
    "fails and names the peer whose connection was held; the verdict for the other peer is not fail",
    async () => {
      const { verdict, peers = [], harm } = await soaked(true);
      expect(verdict).to.equal("fail");
      expect(peers.map(({ name, verdict: ofPeer }) => [name, ofPeer === "fail"])).to.deep.equal([
        ["db", false],
        ["broker", true],
      ]);
      expect(new Set(harm.windows.map(({ peer }) => peer))).to.deep.equal(new Set(["broker"]));
    },
  );

  itInTestAll(
    "passes with both peers if the handler closes both connections in each invocation",
    async () => {
      const { verdict, reasons, peers = [] } = await soaked(false);
      expect(peers.map(({ name, verdict: ofPeer, reasons: why }) => [name, ofPeer, ...why])).to.deep.equal([
        ["db", "pass"],
        ["broker", "pass"],
      ]);
      expect([verdict, ...reasons]).to.deep.equal(["pass"]);
    },
  );

  itInTestAll(
    "says whether a real database or a real broker made the function fail, with the database's own log",
    async function () {
      const logFile = join(folder.path(), "postgres.log");
      const settings = ["log_line_prefix=%m [%p] %q%u@%d app=%a "];
      const database = await startPostgres({ roleLimit: 1, settings, logFile });
      if (database === null) return skipWithout(this, "Postgres", "Postgres is not installed");
      const broker = await startMqttBroker(1);
      try {
        const brokerUrl = `mqtt://127.0.0.1:${broker.port}`;
        const { err } = await run(
          [
            ...["soak", "--code", TWO_PEERS, "--yes", "--out", "run", "--platform", "typical", "--seed", "1"],
            ...["--link", "db=DATABASE_URL", "--env", `DATABASE_URL=${database.url}`],
            ...["--peer-log", `db=${logFile}`],
            ...["--link", "broker=BROKER_URL", "--env", `BROKER_URL=${brokerUrl}`],
            ...["--duration", "20s", "--interval", "500ms"],
          ],
          folder.path(),
        );
        const result = JSON.parse(
          readFileSync(join(folder.path(), "run", "result.json"), "utf8"),
        ) as RunResult;
        const [only] = result.functions;
        expect(
          only?.peers?.map(({ name, protocol, verdict, reasons }) => [name, protocol, verdict, ...reasons]),
          err,
        ).to.deep.equal([
          ["db", "postgres", "fail", "harm"],
          ["broker", "mqtt", "pass"],
        ]);
        expect(new Set(only?.harm.windows.map(({ peer }) => peer))).to.deep.equal(new Set(["db"]));
        const peerLog = readFileSync(join(folder.path(), "run", "logs", "peer-two-peers.jsonl"), "utf8")
          .trim()
          .split("\n");
        const lines = peerLog.map((line) => JSON.parse(line) as PeerLogRecord);
        expect(new Set(lines.map(({ peer }) => peer))).to.deep.equal(new Set(["db"]));
        expect(new Set(lines.map(({ event }) => event))).to.include("refused");
      } finally {
        await database.stop();
        await broker.stop();
      }
    },
  );
});
