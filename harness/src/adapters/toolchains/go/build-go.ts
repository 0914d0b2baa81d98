/** Builds a folder with a Go main package into a program for this machine, with `go build`. Rejects with a LongrunError if there is no Go. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Build, BuiltProgram } from "../built-program.ts";
import { missingTool } from "../missing-program.ts";
import { runTool } from "../run-tool.ts";
import { folderOfMain, goMains } from "./go-mains.ts";

const ARCHIVE = "!<arch>";

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
  if (!built.ok && !built.found)
    throw missingTool({ tool: "go", to: `build ${folder}`, hint: "https://go.dev/dl has it." });
  if (!built.ok)
    return { ok: false, expected: `a Go package that can be built, but go build said:\n${built.said}` };
  if (!isArchive(file)) return { ok: true, file };
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const mains = await goMains(files, (name) => readFile(join(folder, name), "utf8"));
  return { ok: false, expected: mains.length === 0 ? "a folder with package main" : folderOfMain(mains) };
}

/** Go builds an archive if the package is not `main`. */
function isArchive(file: string): boolean {
  return readFileSync(file).subarray(0, ARCHIVE.length).toString("latin1") === ARCHIVE;
}

/** Removes GOOS and GOARCH, because the program must run on this machine. */
function withoutTarget(environment: Build["environment"]): Build["environment"] {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => name !== "GOOS" && name !== "GOARCH"),
  );
}
