/** Finds a server's program on the PATH, or in the folders outside of the PATH in which Debian installs such programs. */
import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { env } from "node:process";

const POSTGRES_HOME = "/usr/lib/postgresql";

export function findProgram(name: string): string | null {
  const folders = [
    ...(env["PATH"] ?? "").split(delimiter),
    "/usr/sbin",
    "/usr/local/sbin",
    ...postgresFolders(),
  ];
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

/** Returns the folders of the installed Postgres versions, the newest version first. */
function postgresFolders(): readonly string[] {
  try {
    const versions = readdirSync(POSTGRES_HOME).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(POSTGRES_HOME, version, "bin"));
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
