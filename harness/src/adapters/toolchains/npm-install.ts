/** Installs one npm package into its own folder. The caller chooses whether the package's scripts run. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { notAvailable } from "../../base/errors.ts";
import { makeCacheFolder } from "./make-cache-folder.ts";
import { tellingLines } from "./telling-lines.ts";
import type { EnvironmentVariables } from "../../base/environment-variables.ts";

interface NpmInstall {
  readonly title: string;
  readonly folder: string;
  readonly specification: string;
  readonly scripts: boolean;
  readonly withinMs: number;
  readonly hint: string;
  readonly environment: EnvironmentVariables;
}

/** An existing folder is replaced only if the installation succeeds. */
export async function npmInstall(install: NpmInstall): Promise<void> {
  const env = Object.fromEntries(
    Object.entries(install.environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const given = [
    "install",
    "--no-save",
    ...(install.scripts ? [] : ["--ignore-scripts"]),
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  await makeCacheFolder(install.folder, async (made) => {
    try {
      await promisify(execFile)("npm", [...given, "--prefix", made, install.specification], {
        env,
        timeout: install.withinMs,
        cwd: made,
      });
    } catch (error) {
      const said = tellingLines((error as { readonly stderr?: string }).stderr ?? "").join("\n");
      throw notAvailable(
        `${install.title} could not be installed from npm: ${said === "" ? String(error) : said}`,
        { hint: install.hint, cause: error },
      );
    }
  });
}
