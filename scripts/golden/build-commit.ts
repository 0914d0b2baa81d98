/** Builds a commit outside the checkout, with its own build script. A build that already exists is used again. */
import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const NPM_CI = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];

/** The full name of a commit. Null if git knows no such commit. */
export function commitNamed(root: string, name: string): string | null {
  try {
    const given = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
    return execFileSync("git", given, { cwd: root, encoding: "utf8" }).trim();
  } catch {
    return null;
  }
}

export function buildCommit(
  root: string,
  { commit, folder }: { readonly commit: string; readonly folder: string },
): string {
  if (!existsSync(join(folder, "package.json"))) {
    mkdirSync(folder, { recursive: true });
    const archive = execFileSync("git", ["archive", commit], { cwd: root, maxBuffer: 1e9 });
    execFileSync("tar", ["-x"], { cwd: folder, input: archive });
  }
  const installed = install(root, folder);
  if (installed || !existsSync(join(folder, "dist", "longrun.js"))) build(folder);
  return folder;
}

export function build(folder: string): void {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}

/** If the commit has the same lock file, the packages of this checkout are linked. Returns false if the folder already had its packages. */
function install(root: string, folder: string): boolean {
  const modules = join(folder, "node_modules");
  const lock = (of: string): string => readFileSync(join(of, "package-lock.json"), "utf8");
  const linked = lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (lock(root) === lock(folder)) {
    if (existsSync(modules)) return false;
    rmSync(modules, { force: true });
    symlinkSync(join(root, "node_modules"), modules);
    return true;
  }
  if (!linked && existsSync(modules)) return false;
  rmSync(modules, { force: true, recursive: !linked });
  execFileSync("npm", NPM_CI, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  return true;
}
