/** A real Postgres on a free port of 127.0.0.1, with TLS for one name and a role that may hold one connection. Needs initdb and postgres. */
import { execFileSync, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { certificateFor } from "./certificate.ts";

export interface PostgresServer {
  readonly port: number;
  /** The file of the authority that signed the server's certificate. */
  readonly authority: string;
  close(): Promise<void>;
}

/** The role without a password that may hold one connection. */
export const ROLE = "fn";

/** Returns the folder of the newest Postgres programs of this machine, or null. Debian keeps them off the PATH. */
export function postgresPrograms(): string | null {
  try {
    const [newest] = readdirSync("/usr/lib/postgresql").sort((a, b) => Number(b) - Number(a));
    return newest === undefined ? null : join("/usr/lib/postgresql", newest, "bin");
  } catch {
    return null;
  }
}

/** `folder` is new or empty and has a short path, because the server's socket lies in it. */
export async function startPostgres(programs: string, folder: string, name: string): Promise<PostgresServer> {
  const data = join(folder, "data");
  execFileSync(...asUser(join(programs, "initdb"), "-D", data, "-A", "trust", "-U", "postgres"), {
    stdio: "pipe",
  });
  const { key, cert, authority } = certificateFor(name, folder);
  const port = await freePort();
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: folder,
    fsync: "off",
    ssl: "on",
    ssl_key_file: key,
    ssl_cert_file: cert,
  };
  const flags = Object.entries(settings).flatMap(([one, value]) => ["-c", `${one}=${value}`]);
  const [command, args] = asUser(join(programs, "postgres"), "-D", data, "-p", String(port), ...flags);
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "close");
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stderr }).on("line", (line) => {
      if (line.includes("ready to accept connections")) resolve();
    });
  });
  await Promise.race([ready, ended.then(() => Promise.reject(new Error("Postgres did not start")))]);
  const address = ["-h", "127.0.0.1", "-p", String(port), "-U", "postgres"];
  execFileSync("psql", [...address, "-c", `CREATE ROLE ${ROLE} LOGIN CONNECTION LIMIT 1`], { stdio: "pipe" });
  return {
    port,
    authority,
    close: async () => {
      child.kill("SIGINT");
      await ended;
    },
  };
}

/** Postgres refuses to run as root. Inside a namespace of users the same process has another user id. */
function asUser(...command: readonly string[]): [string, string[]] {
  return process.getuid?.() === 0
    ? ["unshare", ["-U", "--map-user=1000", "--map-group=1000", ...command]]
    : [command[0] ?? "", command.slice(1)];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
