/**
 * Where the AWS provider comes from on a machine without the registry: a folder laid out as a mirror. Looked for only
 * when the registry did not answer, and remembered in the cache folder; nothing of any machine stands in the repository.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";
import { cacheFolder } from "./moto-server.mjs";

/** The configuration file for the command line tool, or null to let it look where it always looks. */
export function knownMirror(environment = process.env) {
  if (environment.LONGRUN_PROVIDER_MIRROR) return configuration(environment.LONGRUN_PROVIDER_MIRROR);
  const chosen = environment.TF_CLI_CONFIG_FILE;
  if (chosen && existsSync(chosen)) return chosen;
  const remembered = join(cacheFolder(environment), "mirror.path");
  if (!existsSync(remembered)) return null;
  const path = readFileSync(remembered, "utf8");
  return existsSync(path) ? configuration(path) : null;
}

/** Searches this machine; null where there is none. */
export async function searchMirror() {
  const { stdout } = await run("find", [
    "/",
    "-xdev",
    "-maxdepth",
    "8",
    "(",
    "-name",
    "proc",
    "-o",
    "-name",
    "node_modules",
    "-o",
    "-name",
    ".terraform",
    ")",
    "-prune",
    "-o",
    "-type",
    "d",
    "-path",
    "*/registry.terraform.io/hashicorp/aws",
    "-print",
  ]);
  const [found] = stdout.split("\n").filter((line) => line !== "");
  if (found === undefined) return null;
  const path = found.slice(0, found.indexOf("/registry.terraform.io/"));
  mkdirSync(cacheFolder(), { recursive: true });
  writeFileSync(join(cacheFolder(), "mirror.path"), path);
  return configuration(path);
}

function configuration(path) {
  mkdirSync(cacheFolder(), { recursive: true });
  const file = join(cacheFolder(), "mirror.tfrc");
  writeFileSync(
    file,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }\n}\n`,
  );
  return file;
}
