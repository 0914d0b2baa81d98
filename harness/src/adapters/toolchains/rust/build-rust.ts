/** Builds a Cargo package into a program for this machine, with `cargo build --release`. Rejects with a LongrunError if there is no Cargo. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Build, BuiltProgram } from "../built-program.ts";
import { missingTool } from "../missing-program.ts";
import { runTool } from "../run-tool.ts";
import { parseJson } from "../../../base/json-object.ts";

export function isCargoFolder(folder: string): boolean {
  return existsSync(join(folder, "Cargo.toml"));
}

/** The answer of `cargo metadata`, with the members that are used here. */
const METADATA = z.object({
  packages: z.array(
    z.object({ targets: z.array(z.object({ name: z.string(), kind: z.array(z.string()) })) }),
  ),
});

/** A line of Cargo's JSON messages about a program, with the members that are used here. */
const ARTIFACT = z.object({
  reason: z.literal("compiler-artifact"),
  target: z.object({ name: z.string(), kind: z.array(z.string()) }),
  executable: z.string(),
});

export async function buildRust({ folder, binary, environment }: Build): Promise<BuiltProgram> {
  const built = await runTool({
    file: "cargo",
    arguments: [
      "build",
      "--release",
      "--message-format=json-render-diagnostics",
      ...(binary === null ? [] : ["--bin", binary]),
    ],
    folder,
    environment,
  });
  if (!built.ok && binary !== null && /no bin target named/.test(built.said))
    return { ok: false, expected: await namesOfPrograms(folder, binary, environment) };
  if (!built.ok && !built.found)
    throw missingTool({ tool: "cargo", to: `build ${folder}`, hint: "https://rustup.rs has it." });
  if (!built.ok)
    return { ok: false, expected: `a Cargo package that can be built, but cargo build said:\n${built.said}` };
  const programs = built.output.split("\n").flatMap((line) => {
    const read = ARTIFACT.safeParse(parseJson(line));
    return read.success && read.data.target.kind.includes("bin") ? [read.data] : [];
  });
  const [only, ...others] = programs;
  if (only === undefined) return { ok: false, expected: "a Cargo package with a program, not a library" };
  if (others.length > 0)
    return {
      ok: false,
      expected: `--bin too, because it has several programs: ${programs.map(({ target }) => target.name).join(", ")}`,
    };
  return { ok: true, file: only.executable };
}

async function namesOfPrograms(
  folder: string,
  binary: string,
  environment: Build["environment"],
): Promise<string> {
  const asked = await runTool({
    file: "cargo",
    arguments: ["metadata", "--no-deps", "--format-version", "1"],
    folder,
    environment,
  });
  const read = METADATA.safeParse(asked.ok ? parseJson(asked.output) : null);
  const targets = read.success ? read.data.packages.flatMap((one) => one.targets) : [];
  const names = targets.filter(({ kind }) => kind.includes("bin")).map(({ name }) => name);
  return names.length === 0
    ? "a Cargo package with a program, not a library"
    : `--bin with the name of a program that it has (${names.join(", ")}), not ${binary}`;
}
