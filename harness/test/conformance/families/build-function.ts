/** Builds the function of each family's suite (functions/) with the family's toolchain. */
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = fileURLToPath(new URL("functions/", import.meta.url));

export function buildGo(folder: string): void {
  mkdirSync(folder, { recursive: true });
  run("go", ["build", "-o", join(folder, "bootstrap"), "."], "go");
}

/**
 * Builds without optimisation, because that takes a third of the time; the benchmarks need the optimised program. Cargo keeps the compiled
 * crates in its target folder.
 */
export function buildRust(folder: string, optimisation: "none" | "release" = "none"): void {
  mkdirSync(folder, { recursive: true });
  const output = run("cargo", ["build", "--release", "--locked", "--message-format=json"], "rust", {
    ...(optimisation === "none" ? { CARGO_PROFILE_RELEASE_OPT_LEVEL: "0" } : {}),
  });
  const program = /"executable":"([^"]+\/family)"/.exec(output)?.[1];
  if (program === undefined) throw new Error("cargo built no program");
  copyFileSync(program, join(folder, "bootstrap"));
}

export function buildPython(folder: string): void {
  cpSync(join(SOURCES, "python"), folder, { recursive: true });
}

/**
 * Compiles for Java 11, the oldest version that runs the function. The client's folder has the library with the interface `Context`, which
 * the function imports.
 */
export function buildJava(folder: string, clientFolder: string | null): void {
  run("javac", ["--release", "11", "-cp", `${clientFolder ?? ""}/*`, "-d", folder, "App.java"], "java");
}

function run(
  command: string,
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): string {
  return execFileSync(command, args, {
    cwd: join(SOURCES, folder),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
}
