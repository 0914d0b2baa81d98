/**
 * Installs one npm package into a folder of its own, and removes the folder if that fails. The caller chooses whether the package's scripts
 * run.
 */
import { execFile } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { promisify } from "node:util";
import { LongrunError } from "../../domain/errors.ts";
import type { EnvironmentVariables } from "../../domain/environment-variables.ts";

interface NpmInstall {
  /** The name of the package in messages. */
  readonly title: string;
  readonly folder: string;
  readonly specification: string;
  readonly scripts: boolean;
  readonly withinMs: number;
  readonly hint: string;
  readonly environment: EnvironmentVariables;
}

export async function npmInstall(install: NpmInstall): Promise<void> {
  mkdirSync(install.folder, { recursive: true });
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
    "--prefix",
    install.folder,
    install.specification,
  ];
  try {
    await promisify(execFile)("npm", given, { env, timeout: install.withinMs, cwd: install.folder });
  } catch (error) {
    rmSync(install.folder, { recursive: true, force: true });
    const said = (error as { readonly stderr?: string }).stderr?.trim().split("\n").slice(-3).join(" ");
    throw new LongrunError(
      "unavailable",
      `${install.title} could not be installed from npm: ${said === undefined || said === "" ? String(error) : said}`,
      { hint: install.hint, cause: error },
    );
  }
}
