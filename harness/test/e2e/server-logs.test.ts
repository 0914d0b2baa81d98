/**
 * Tests soaks against real servers with the servers' own logs. With a server's log and the links, the verdict and the holders are the same
 * as with the links alone. Without the links, only Postgres's log names the holder.
 */
import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PeerLogRecord } from "../../src/record/peer-log.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { exampleFile, handlerFile } from "../support/servers/all-servers.ts";
import { MARIADB_PASSWORD, startMariaDb } from "../support/servers/mariadb.ts";
import { startMosquitto } from "../support/servers/mosquitto.ts";
import { startPostgres } from "../support/servers/postgres.ts";
import { startSshd } from "../support/servers/sshd.ts";
import { skipWithout } from "../support/require-tool.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

interface LoggingServer {
  readonly name: string;
  /** Starts the server, which writes its log to this file. Resolves with null if the server is not installed. */
  readonly start: (
    logFile: string,
  ) => Promise<{ readonly stop: () => Promise<void>; readonly flags: readonly string[] } | null>;
  /** The kinds of events in the log, sorted. */
  readonly events: readonly PeerLogRecord["event"][];
  /** Whether the clients send their names to the server, so that the holder is known without the links. */
  readonly named: boolean;
}

const SERVERS: readonly LoggingServer[] = [
  {
    name: "Postgres",
    async start(logFile) {
      const settings = ["log_line_prefix=%m [%p] %q%u@%d app=%a "];
      const server = await startPostgres({ roleLimit: 1, settings, logFile });
      if (server === null) return null;
      const code = ["--code", `one=${exampleFile("postgres/init-connect.mjs")}`];
      return { ...server, flags: [...code, "--link", "DATABASE_URL", "--env", `DATABASE_URL=${server.url}`] };
    },
    events: ["accepted", "closed", "refused"],
    named: true,
  },
  {
    name: "MariaDB",
    async start(logFile) {
      const server = await startMariaDb({ accountLimit: 1, logFile });
      if (server === null) return null;
      const url = `mysql://fn:${MARIADB_PASSWORD}@127.0.0.1:${server.port}/app`;
      const code = [
        "--code",
        `one=${handlerFile("mysql-init-connect.mjs")}`,
        "--peer-log-zone",
        zoneOfThisMachine(),
      ];
      return { ...server, flags: [...code, "--link", "DATABASE_URL", "--env", `DATABASE_URL=${url}`] };
    },
    events: ["accepted", "closed", "refused"],
    named: false,
  },
  {
    // The listener in front of sshd refuses connections (support/servers/sshd.ts), so sshd's own log has no refusals.
    name: "sshd",
    async start(logFile) {
      const server = await startSshd(1, logFile);
      if (server === null) return null;
      const { port, user, key } = server;
      const variables = { SFTP_HOST: "127.0.0.1", SFTP_PORT: port, SFTP_USER: user, SFTP_KEY: key };
      return {
        ...server,
        flags: [
          ...["--code", `one=${handlerFile("python")}`, "--handler", "ssh_broken.handler"],
          ...["--link", "SFTP_HOST:SFTP_PORT", "--peer", `127.0.0.1:${port}`],
          ...Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
        ],
      };
    },
    events: ["accepted", "closed"],
    named: false,
  },
  {
    name: "Mosquitto",
    async start(logFile) {
      const server = await startMosquitto(logFile);
      if (server === null) return null;
      const code = ["--code", `one=${exampleFile("mqtt/shared-client-id.mjs")}`, "--link", "BROKER_URL"];
      return { ...server, flags: [...code, "--env", `BROKER_URL=mqtt://127.0.0.1:${server.port}`] };
    },
    events: ["accepted", "closed", "evicted"],
    named: false,
  },
];

/** Returns the time zone of this machine. MariaDB writes its times in this zone and does not name it. */
function zoneOfThisMachine(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * Long enough for an environment to hold the server's place while another environment is invoked, also on a busy machine, where the Init of
 * a function that imports asyncssh takes 5 s and more.
 */
const PLAN = ["--platform", "typical", "--seed", "1", "--interval", "300ms", "--duration", "45s"];

interface Soaked {
  readonly code: number | null;
  readonly said: string;
  readonly events: ReadonlySet<string>;
  readonly withLog: RunResult;
  readonly byLinks: RunResult;
  readonly alone: RunResult;
  readonly added: RunResult;
}

/**
 * Soaks a function against the server, and judges the run four times: with the server's log and the links, with the links only, with only
 * the function's log and the server's log, and with the server's log added to the run afterwards. Resolves with null if the server is not
 * installed.
 */
async function soak(server: LoggingServer, folder: string): Promise<Soaked | null> {
  const [logFile, out] = [join(folder, `${server.name}.log`), join(folder, server.name)];
  const started = await server.start(logFile);
  if (started === null) return null;
  const analyze = async (...given: readonly string[]): Promise<RunResult> => {
    const { out: text, err } = await run(["analyze", ...given, "--json"], folder);
    if (text === "") throw new Error(err);
    return JSON.parse(text) as RunResult;
  };
  try {
    const flags = ["--peer-log", logFile, ...PLAN];
    const soaked = await run(["soak", ...started.flags, ...flags, "--yes", "--out", out], folder);
    if (![0, 1, 2].includes(soaked.code ?? -1)) throw new Error(`${soaked.out}\n${soaked.err}`);
    const peerLog = join(out, "logs", "peer-one.jsonl");
    const lines = readFileSync(peerLog, "utf8").trim().split("\n");
    const withLog = await analyze(out);
    rmSync(peerLog);
    const zone = started.flags.includes("--peer-log-zone") ? ["--peer-log-zone", zoneOfThisMachine()] : [];
    return {
      code: soaked.code,
      said: `${soaked.out}\n${soaked.err}`,
      events: new Set(lines.map((line) => (JSON.parse(line) as PeerLogRecord).event)),
      withLog,
      byLinks: await analyze(out),
      added: await analyze(out, "--peer-log", logFile, ...zone),
      alone: await analyze(
        ...[join(out, "logs", "one.jsonl"), "--function", "one", "--peer-log", logFile, ...zone],
      ),
    };
  } finally {
    await started.stop();
  }
}

describeInTestAll("a real server's own log", function () {
  this.timeout(300_000);
  let folder = "";
  /** All soaks run at the same time, because each mostly waits. */
  let soaks: readonly PromiseSettledResult<Soaked | null>[] = [];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "longrun-server-logs-"));
    soaks = await Promise.allSettled(SERVERS.map((server) => soak(server, folder)));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const holders = ({ functions }: RunResult): unknown =>
    functions[0]?.findings
      .filter(({ code }) => code === "peer-held" || code === "taken-over")
      .map(({ code, environment, holder }) => ({ code, environment, holder }));
  const judged = ({ functions: [one] }: RunResult) => [
    one?.verdict,
    one?.reasons,
    one?.harm.total,
    one?.exposure.total,
    one?.takenOver?.total,
  ];

  for (const [index, { name, events, named }] of SERVERS.entries())
    it(`gives the same verdict and holders as the links: ${name}`, function () {
      const settled = soaks[index];
      if (settled?.status !== "fulfilled") throw settled?.reason;
      const soaked = settled.value;
      if (soaked === null) return skipWithout(this, name, `${name} is not installed`);
      const { code, said, withLog, byLinks, alone, added } = soaked;
      expect(withLog.functions[0]?.verdict, said).to.equal(["pass", "fail", "inconclusive"][code ?? -1]);
      expect([...soaked.events].sort()).to.deep.equal(events);
      expect([judged(added), holders(added)]).to.deep.equal([judged(withLog), holders(withLog)]);
      expect(judged(withLog)).to.deep.equal(judged(byLinks));
      expect(holders(byLinks)).to.not.deep.equal([]);
      expect(holders(withLog)).to.deep.equal(holders(byLinks));
      expect(holders(alone)).to.deep.equal(named ? holders(byLinks) : []);
      if (!named) expect(alone.functions[0]?.verdict).to.equal("inconclusive");
    });
});
