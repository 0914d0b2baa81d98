/**
 * Starts a real Postgres on loopback, with the role `fn` and the database `app`. Its programs refuse to run as
 * root.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { asOrdinaryUser } from "./as-ordinary-user.ts";
import { freePort } from "../../../../scripts/free-port.ts";
import { findProgram } from "./find-program.ts";
import { runToEnd, startServer, type RunningServer } from "./server-process.ts";

/** The password of every role. */
export const POSTGRES_PASSWORD = "secret";

export interface PostgresOptions {
  /** How many connections the role `fn` may have. Default: only the server's limit applies. */
  readonly roleLimit?: number;
  /** More settings, as `name=value`. */
  readonly settings?: readonly string[];
  /** A file that gets the server's log. */
  readonly logFile?: string;
}

export interface Postgres extends RunningServer {
  /** The connection URL of the role `fn`. */
  readonly url: string;
  /** Runs one statement as superuser, on a separate connection. */
  readonly sql: (statement: string) => Promise<readonly Record<string, unknown>[]>;
}

/** Resolves with null if Postgres is not installed. */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres | null> {
  const [initdb, program] = [findProgram("initdb"), findProgram("postgres")];
  if (initdb === null || program === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "pg-"));
  try {
    return await start({ initdb, program, folder }, options);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Programs {
  readonly initdb: string;
  readonly program: string;
  readonly folder: string;
}

async function start({ initdb, program, folder }: Programs, options: PostgresOptions): Promise<Postgres> {
  const data = join(folder, "data");
  const passwords = join(folder, "password");
  writeFileSync(passwords, POSTGRES_PASSWORD);
  const auth = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwords}`];
  await runToEnd(
    ...asOrdinaryUser(initdb, ["-D", data, ...auth, "--no-sync", "--encoding=UTF8", "--locale=C"]),
  );
  const port = await freePort();
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${folder}`,
    "fsync=off",
    "log_connections=on",
    "log_disconnections=on",
    ...(options.settings ?? []),
  ].flatMap((setting) => ["-c", setting]);
  const [started, args] = asOrdinaryUser(program, ["-D", data, ...settings]);
  const server = await startServer({
    program: started,
    args,
    port,
    ready: /database system is ready to accept connections/,
    stopSignal: "SIGINT",
    logFile: options.logFile,
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const sql = (statement: string): Promise<readonly Record<string, unknown>[]> => runSql(port, statement);
  try {
    const limit = options.roleLimit === undefined ? "" : `CONNECTION LIMIT ${options.roleLimit}`;
    await sql(`CREATE ROLE fn LOGIN PASSWORD '${POSTGRES_PASSWORD}' ${limit}`);
    await sql("CREATE DATABASE app OWNER fn");
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...server, stop, sql, url: `postgres://fn:${POSTGRES_PASSWORD}@127.0.0.1:${port}/app` };
}

async function runSql(port: number, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password: POSTGRES_PASSWORD,
    database: "postgres",
  });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows;
  } finally {
    await client.end();
  }
}
