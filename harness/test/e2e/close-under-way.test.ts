/**
 * Tests soaks of handlers that begin to close their connection and return before the close is sent, against our own peer and a real Redis.
 * The finding says that the close was under way and how late it was.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunResult } from "../../src/result/run-result.ts";
import { certificateFor } from "../support/certificate.ts";
import { requireTool, skipWithout } from "../support/require-tool.ts";
import { MARIADB_PASSWORD, startMariaDb } from "../support/servers/mariadb.ts";
import { startRedis } from "../support/servers/redis.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

describeInTestAll("a handler that returns while its connection is being closed", () => {
  const folder = temporaryFolder();

  /** Soaks a handler, and expects the finding about a connection that was being closed when the environment was frozen. */
  const soak = async (handler: string, ...flags: readonly string[]) => {
    const code = fileURLToPath(new URL(`../support/servers/handlers/${handler}`, import.meta.url));
    const out = join(folder.path(), handler);
    const { err } = await run(
      [
        ...["soak", "--code", `one=${code}`, "--platform", "calm", "--seed", "1", "--out", out],
        ...["--duration", "5s", "--interval", "1s", "--yes", ...flags],
      ],
      folder.path(),
    );
    const [one] = (JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as RunResult).functions;
    const found = one?.findings.find(({ code: said }) => said === "held-across-freeze");
    if (found?.code !== "held-across-freeze") throw new Error(`${err}\n${JSON.stringify(one?.findings)}`);
    expect(one?.reasons).to.include("discipline");
    expect(found.parameters.closing?.missedByMs, found.text).to.be.greaterThan(0);
    expect(found.text).to.match(/was frozen while it was closing a connection opened in the Invoke phase/);
  };

  it("has a finding with our own peer", () => soak("late-end.mjs"));

  it("has a finding with a real Redis", async function () {
    const server = await startRedis();
    if (server === null) return skipWithout(this, "Redis", "Redis is not installed");
    try {
      const url = `redis://127.0.0.1:${server.port}`;
      await soak("redis-late-quit.mjs", "--link", "REDIS_URL", "--env", `REDIS_URL=${url}`);
    } finally {
      await server.stop();
    }
  });
});

describeInTestAll("a handler that awaits the end of its connection, under TLS", () => {
  const folder = temporaryFolder();

  it("has no finding, or a finding that says how late the goodbye was, with a real MariaDB", async function () {
    await requireTool(this, ["openssl", "version"]);
    const { key, cert } = certificateFor("db.internal", folder.path());
    const server = await startMariaDb({ settings: [`--ssl-key=${key}`, `--ssl-cert=${cert}`] });
    if (server === null) return skipWithout(this, "MariaDB", "MariaDB is not installed");
    try {
      const code = fileURLToPath(new URL("../support/servers/handlers/mysql-end.mjs", import.meta.url));
      const ssl = encodeURIComponent(JSON.stringify({ rejectUnauthorized: false }));
      const url = `mysql://fn:${MARIADB_PASSWORD}@127.0.0.1:${server.port}/app?ssl=${ssl}`;
      const { out, err } = await run(
        [
          ...["soak", "--code", `one=${code}`, "--platform", "typical", "--seed", "1", "--out", "run"],
          ...["--duration", "20s", "--interval", "300ms", "--yes"],
          ...["--link", "DATABASE_URL", "--env", `DATABASE_URL=${url}`],
        ],
        folder.path(),
      );
      const file = (name: string): string => readFileSync(join(folder.path(), "run", name), "utf8");
      const [one] = (JSON.parse(file("result.json")) as RunResult).functions;
      expect(
        one?.reasons.filter((reason) => reason !== "discipline"),
        `${out}\n${err}`,
      ).to.deep.equal([]);
      for (const { code: said, parameters } of one?.findings ?? [])
        if (said === "held-across-freeze") expect(parameters.closing?.missedByMs, err).to.be.greaterThan(0);
      expect(file("logs/link-one.jsonl")).to.include('"goodbye":true');
    } finally {
      await server.stop();
    }
  });
});
