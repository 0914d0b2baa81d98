/** A folder with a main package in Go as a program for this machine, by `go build`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Build, BuiltProgram } from "../built-program.ts";
import { runTool } from "../run-tool.ts";

const ARCHIVE = "!<arch>";

/** A folder with Go files, in which or above which a go.mod is. */
export function isGoFolder(folder: string): boolean {
  if (!readdirSync(folder).some((name) => name.endsWith(".go"))) return false;
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, "go.mod"))) return true;
    if (dirname(at) === at) return false;
  }
}

export async function buildGo({ folder, outputFolder, environment }: Build): Promise<BuiltProgram> {
  const file = join(outputFolder, "bootstrap");
  const built = await runTool({
    file: "go",
    arguments: ["build", "-o", file, "."],
    folder,
    environment: withoutTarget(environment),
  });
  if (!built.ok)
    return {
      ok: false,
      expected: built.found
        ? `a Go package that can be built, but go build said:\n${built.said}`
        : "go on the PATH, which builds this folder (https://go.dev/dl)",
    };
  return isArchive(file) ? { ok: false, expected: "a folder with package main" } : { ok: true, file };
}

/** Go writes a package other than main as an archive. */
function isArchive(file: string): boolean {
  return readFileSync(file).subarray(0, ARCHIVE.length).toString("latin1") === ARCHIVE;
}

/** The program is for this machine, whatever the shell is set up to build. */
function withoutTarget(environment: Build["environment"]): Build["environment"] {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => name !== "GOOS" && name !== "GOARCH"),
  );
}
