/** Builds a Cargo package into a program for this machine, with `cargo build --release`. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Build, BuiltProgram } from "../built-program.ts";
import { runTool } from "../run-tool.ts";
import { parseJson } from "../../../domain/json-object.ts";

export function isCargoFolder(folder: string): boolean {
  return existsSync(join(folder, "Cargo.toml"));
}

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
  if (!built.ok)
    return {
      ok: false,
      expected: built.found
        ? `a Cargo package that can be built, but cargo build said:\n${built.said}`
        : "cargo on the PATH, which builds this folder (https://rustup.rs)",
    };
  const programs = built.output.split("\n").flatMap((line) => {
    const read = ARTIFACT.safeParse(parseJson(line));
    return read.success && read.data.target.kind.includes("bin") ? [read.data] : [];
  });
  const [only, ...others] = programs;
  if (only === undefined) return { ok: false, expected: "a Cargo package with a program, not a library" };
  if (others.length > 0)
    return {
      ok: false,
      expected: `--bin too, since it has several programs: ${programs.map(({ target }) => target.name).join(", ")}`,
    };
  return { ok: true, file: only.executable };
}
