/** Whether a command is on the PATH. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { EnvironmentVariables } from "../../base/environment-variables.ts";

export function onPath(command: string, environment: EnvironmentVariables): boolean {
  return (environment["PATH"] ?? "")
    .split(delimiter)
    .some((folder) => folder !== "" && existsSync(join(folder, command)));
}
