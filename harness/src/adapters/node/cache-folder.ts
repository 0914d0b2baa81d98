/** The folder that keeps what was installed, for later runs: `lambda-longrun` in the user's cache folder (XDG_CACHE_HOME). */
import { homedir } from "node:os";
import { join } from "node:path";
import type { EnvironmentVariables } from "../../base/environment-variables.ts";

export function cacheFolder(environment: EnvironmentVariables): string {
  const base = environment["XDG_CACHE_HOME"];
  return join(
    base === undefined || base === "" ? join(environment["HOME"] ?? homedir(), ".cache") : base,
    "lambda-longrun",
  );
}
