/** Runs the built `longrun` on this terminal, for the chosen target. */
import { join } from "node:path";
import { run, type Ended, type RunOptions } from "./command.ts";
import type { Settings } from "./settings.ts";
import { withoutAccount } from "./without-account.ts";

export function runLongrun(
  { root, target }: Pick<Settings, "root" | "target">,
  args: readonly string[],
  options: Pick<RunOptions, "stdout" | "stderr"> = {},
): Promise<Ended> {
  return run(process.execPath, [join(root, "dist", "longrun.js"), ...args], {
    cwd: root,
    env: target === "local" ? withoutAccount(process.env) : process.env,
    stdout: "terminal",
    stderr: "terminal",
    ...options,
  });
}
