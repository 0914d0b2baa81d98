/** Starts a real MariaDB on loopback, with the account `fn` and the database `app`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { userInfo } from "node:os";
import mysql from "mysql2/promise";
import { freePort } from "../../../../scripts/free-port.ts";
import { findProgram } from "./find-program.ts";
import { runToEnd, startServer, type RunningServer } from "./server-process.ts";

export const MARIADB_PASSWORD = "secret";

export interface MariaDb extends RunningServer {
  /** Runs one statement as root, on a separate connection. */
  readonly sql: (statement: string) => Promise<void>;
}

export interface MariaDbOptions {
  /** How many connections the account `fn` may have. */
  readonly accountLimit?: number;
  /** A file that gets the server's audit log, as docs/servers.md switches it on. */
  readonly logFile?: string;
  /** More settings, as `--name=value`. */
  readonly settings?: readonly string[];
}

/** Resolves with null if MariaDB is not installed. */
export async function startMariaDb(options: MariaDbOptions = {}): Promise<MariaDb | null> {
  const [install, program] = [findProgram("mariadb-install-db"), findProgram("mariadbd")];
  if (install === null || program === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "mariadb-"));
  const data = join(folder, "data");
  // At its start, a server deletes the temporary tables of every other server that has the same folder for them. So this server gets a
  // folder of its own.
  const common = [
    "--no-defaults",
    `--user=${userInfo().username}`,
    `--datadir=${data}`,
    `--tmpdir=${folder}`,
  ];
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    await runToEnd(install, [...common, "--auth-root-authentication-method=normal", "--skip-test-db"]);
    const port = await freePort();
    const server = await startServer({
      program,
      args: [
        ...common,
        "--bind-address=127.0.0.1",
        `--port=${port}`,
        `--socket=${join(folder, "socket")}`,
        `--pid-file=${join(folder, "pid")}`,
        ...(options.logFile === undefined ? [] : auditLog(options.logFile)),
        ...(options.settings ?? []),
      ],
      port,
      ready: /ready for connections/,
      stopSignal: "SIGTERM",
    });
    const stop = async (): Promise<void> => {
      await server.stop();
      remove();
    };
    const sql = (statement: string): Promise<void> => runSql(port, statement);
    const limit =
      options.accountLimit === undefined ? "" : `WITH MAX_USER_CONNECTIONS ${options.accountLimit}`;
    await sql(`CREATE USER fn@'%' IDENTIFIED BY '${MARIADB_PASSWORD}' ${limit}`).catch(
      async (error: unknown) => {
        await stop();
        throw error;
      },
    );
    await sql("CREATE DATABASE app");
    await sql("GRANT ALL ON app.* TO fn@'%'");
    return { ...server, stop, sql };
  } catch (error) {
    remove();
    throw error;
  }
}

function auditLog(file: string): readonly string[] {
  return [
    "--plugin-load-add=server_audit",
    "--server-audit-logging=ON",
    "--server-audit-events=CONNECT",
    "--server-audit-output-type=file",
    `--server-audit-file-path=${file}`,
  ];
}

async function runSql(port: number, statement: string): Promise<void> {
  const connection = await mysql.createConnection({ host: "127.0.0.1", port, user: "root" });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
