/** Runs a command of scripts/infra in this terminal. The npm package does not contain scripts/infra, so this needs a checkout. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import type { EnvironmentVariables } from "../../base/environment-variables.ts";
import { notAvailable } from "../../base/errors.ts";
import { packageRoot } from "./assets.ts";

/** Resolves with the exit code. Throws `unavailable` if this is no checkout. */
export async function runInCheckout(
  verb: string,
  environment: EnvironmentVariables,
  root: string = packageRoot(),
): Promise<number> {
  const script = join(root, "scripts", "infra", "infra.ts");
  if (!existsSync(script))
    throw notAvailable(
      `longrun ${verb} needs a checkout of the repository: the package does not contain infra/ and its scripts.`,
      { hint: `Clone the repository, then: make ${verb}` },
    );
  const child = spawn(execPath, ["--import", "tsx", script, verb], {
    cwd: root,
    env: environment,
    stdio: "inherit",
  });
  // Ctrl-C reaches the child too, which then removes what it made. We wait until it has ended.
  const ignore = (): void => undefined;
  const forward = (): void => void child.kill("SIGTERM");
  process.on("SIGINT", ignore).on("SIGTERM", forward);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) =>
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
      );
    });
  } finally {
    process.off("SIGINT", ignore).off("SIGTERM", forward);
  }
}
