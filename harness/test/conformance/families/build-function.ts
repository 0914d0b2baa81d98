/** Builds the functions of the suites (functions/) with the toolchain of each family. */
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = fileURLToPath(new URL("functions/", import.meta.url));

export function buildGo(folder: string): void {
  mkdirSync(folder, { recursive: true });
  run("go", ["build", "-o", join(folder, "bootstrap"), "."], "go");
}

/** Not optimised, which takes a third of the time. The crates are compiled once for each target folder (CARGO_TARGET_DIR). */
export function buildRust(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const output = run("cargo", ["build", "--release", "--locked", "--message-format=json"], "rust");
  const program = /"executable":"([^"]+\/family)"/.exec(output)?.[1];
  if (program === undefined) throw new Error("cargo built no program");
  copyFileSync(program, join(folder, "bootstrap"));
}

export function buildPython(folder: string): void {
  cpSync(join(SOURCES, "python"), folder, { recursive: true });
}

/** Java 11 is the oldest version on which the function runs. The interfaces of the context are in the client's folder. */
export function buildJava(folder: string, clientFolder: string | null): void {
  run("javac", ["--release", "11", "-cp", `${clientFolder ?? ""}/*`, "-d", folder, "App.java"], "java");
}

function run(command: string, args: readonly string[], folder: string): string {
  return execFileSync(command, args, {
    cwd: join(SOURCES, folder),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CARGO_PROFILE_RELEASE_OPT_LEVEL: "0" },
  });
}
