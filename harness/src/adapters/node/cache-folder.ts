/** Where what was installed once is kept for the next run: `lambda-longrun` in the user's cache folder (XDG_CACHE_HOME). */
import { homedir } from "node:os";
import { join } from "node:path";

export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const base = environment["XDG_CACHE_HOME"];
  return join(
    base === undefined || base === "" ? join(environment["HOME"] ?? homedir(), ".cache") : base,
    "lambda-longrun",
  );
}
