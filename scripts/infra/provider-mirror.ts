/**
 * Finds the AWS provider on a machine that does not reach the registry: in a folder with the layout of a mirror. The path is kept in the
 * cache folder, so that the repository has no path of a machine.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../harness/src/adapters/node/cache-folder.ts";
import { run } from "./command.ts";
import type { EnvironmentVariables } from "../../harness/src/base/environment-variables.ts";

const PROVIDER = "/registry.terraform.io/hashicorp/aws";
const NOT_LOOKED_INTO = ["proc", "node_modules", ".terraform"];

/** A configuration file for Terraform, or null for its default. */
export function knownMirror(environment: EnvironmentVariables): string | null {
  const given = environment["LONGRUN_PROVIDER_MIRROR"] ?? "";
  if (given !== "") return configuration(given, environment);
  const chosen = environment["TF_CLI_CONFIG_FILE"] ?? "";
  if (chosen !== "" && existsSync(chosen)) return chosen;
  const remembered = join(cacheFolder(environment), "mirror.path");
  if (!existsSync(remembered)) return null;
  const path = readFileSync(remembered, "utf8");
  return existsSync(path) ? configuration(path, environment) : null;
}

/** Searches this machine. Null if there is no mirror. */
export async function searchMirror(environment: EnvironmentVariables): Promise<string | null> {
  const pruned = NOT_LOOKED_INTO.flatMap((name, index) => [...(index === 0 ? [] : ["-o"]), "-name", name]);
  const { stdout } = await run("find", [
    ...["/", "-xdev", "-maxdepth", "8"],
    ...["(", ...pruned, ")", "-prune", "-o"],
    ...["-type", "d", "-path", `*${PROVIDER}`, "-print"],
  ]);
  const found = stdout.split("\n").find((line) => line !== "");
  if (found === undefined) return null;
  const path = found.slice(0, -PROVIDER.length);
  const cache = cacheFolder(environment);
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, "mirror.path"), path);
  return configuration(path, environment);
}

function configuration(path: string, environment: EnvironmentVariables): string {
  const cache = cacheFolder(environment);
  mkdirSync(cache, { recursive: true });
  const file = join(cache, "mirror.tfrc");
  writeFileSync(
    file,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }\n}\n`,
  );
  return file;
}
