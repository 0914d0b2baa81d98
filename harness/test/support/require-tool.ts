/**
 * Skips a suite whose tool is not installed, or lets it fail if every tool is required (LONGRUN_REQUIRE_TOOLS=1), unless
 * LONGRUN_OPTIONAL_TOOLS (a,b) names it.
 */
import { spawn } from "node:child_process";
import type { Context } from "mocha";

export async function requireTool(test: Context, tool: readonly [string, ...string[]] | null): Promise<void> {
  if (tool === null || (await toolRuns(tool))) return;
  const missing = `${tool.join(" ")} does not run here`;
  const optional = (process.env["LONGRUN_OPTIONAL_TOOLS"] ?? "").split(",").includes(tool[0]);
  if (process.env["LONGRUN_REQUIRE_TOOLS"] === "1" && !optional) throw new Error(missing);
  process.stdout.write(`      skipped: ${missing}\n`);
  test.skip();
}

function toolRuns([command, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}
