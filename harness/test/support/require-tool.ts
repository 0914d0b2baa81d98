/**
 * Skips a suite whose tool is not installed. With LONGRUN_REQUIRE_TOOLS=1 the suite fails instead, unless LONGRUN_OPTIONAL_TOOLS
 * (names separated by commas) contains the tool.
 */
import { spawn } from "node:child_process";
import type { Context } from "mocha";

export async function requireTool(test: Context, tool: readonly [string, ...string[]] | null): Promise<void> {
  if (tool !== null && !(await toolRuns(tool)))
    skipWithout(test, tool[0], `${tool.join(" ")} does not run here`);
}

/** Skips a test whose tool is missing, or lets it fail if the tool is required. `why` is the printed reason. */
export function skipWithout(test: Context, tool: string, why: string): void {
  const optional = (process.env["LONGRUN_OPTIONAL_TOOLS"] ?? "").split(",").includes(tool);
  if (process.env["LONGRUN_REQUIRE_TOOLS"] === "1" && !optional) throw new Error(why);
  process.stdout.write(`      skipped: ${why}\n`);
  test.skip();
}

function toolRuns([command, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}
