/** Installs AWS's runtime client for Python (the package awslambdaric from PyPI) with pip into a cache, once for each minor version of Python. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { LongrunError } from "../../../domain/errors.ts";
import type { EnvironmentVariables } from "../../../domain/environment-variables.ts";
import type { Interpreter } from "../../../runtimes/interpreter.ts";
import { cacheFolder } from "../../node/cache-folder.ts";
import { runTool } from "../run-tool.ts";

const PACKAGE = "awslambdaric";

/** Returns the folder with the client for an interpreter; null if the client is not installed. */
export function pythonClient({ version }: Interpreter, environment: EnvironmentVariables): string | null {
  const folder = clientFolder(version, environment);
  return existsSync(join(folder, PACKAGE)) ? folder : null;
}

/** Returns null if the client is not installed. */
export function pythonClientVersion(
  interpreter: Interpreter,
  environment: EnvironmentVariables,
): string | null {
  const folder = pythonClient(interpreter, environment);
  const information = folder === null ? [] : readdirSync(folder);
  return information.map((name) => /^awslambdaric-(.+)\.dist-info$/.exec(name)?.[1]).find(Boolean) ?? null;
}

export async function installPythonClient(
  { file, version }: Interpreter,
  environment: EnvironmentVariables,
): Promise<void> {
  const folder = clientFolder(version, environment);
  const made = `${folder}.new-${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  const given = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const installed = await runTool({
    file,
    arguments: [...given, "--only-binary=:all:", "--target", made, PACKAGE],
    folder: dirname(folder),
    environment,
  });
  if (!installed.ok) {
    rmSync(made, { recursive: true, force: true });
    throw new LongrunError(
      "unavailable",
      `${PACKAGE} could not be installed for Python ${version}: ${installed.said.split("\n").slice(-3).join(" ")}`,
      {
        hint: "Is pip installed, and can PyPI be reached? The package exists only for Linux, from Python 3.10 on.",
      },
    );
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(made, folder);
}

function clientFolder(version: string, environment: EnvironmentVariables): string {
  const [major = "", minor = ""] = version.split(".");
  return join(cacheFolder(environment), "runtime-clients", `python-${major}.${minor}`);
}
