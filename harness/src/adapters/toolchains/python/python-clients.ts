/** Installs AWS's runtime client for Python (the package awslambdaric from PyPI) with pip into a cache, once for each minor version of Python. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { notAvailable } from "../../../base/errors.ts";
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { cacheFolder } from "../../node/cache-folder.ts";
import { makeCacheFolder } from "../make-cache-folder.ts";
import { PipError, pipInstall } from "./pip-install.ts";

const PACKAGE = "awslambdaric";

/** Returns null if the client is not installed. */
export function pythonClient({ version }: Interpreter, environment: EnvironmentVariables): string | null {
  const folder = clientFolder(version, environment);
  return existsSync(join(folder, PACKAGE)) ? folder : null;
}

/** Rejects with a LongrunError if the client cannot be installed. */
export async function installPythonClient(
  interpreter: Interpreter,
  environment: EnvironmentVariables,
): Promise<void> {
  const { version } = interpreter;
  try {
    await makeCacheFolder(clientFolder(version, environment), (made) =>
      pipInstall({
        interpreter,
        arguments: ["--only-binary=:all:", "--target", made, PACKAGE],
        folder: made,
        environment,
      }),
    );
  } catch (error) {
    if (!(error instanceof PipError)) throw error;
    throw notAvailable(
      `${PACKAGE} could not be installed for Python ${version}: ${error.message.split("\n").slice(-3).join(" ")}`,
      {
        hint: "Is pip installed, and can PyPI be reached? The package exists only for Linux, from Python 3.10 on.",
        cause: error,
      },
    );
  }
}

function clientFolder(version: string, environment: EnvironmentVariables): string {
  const [major = "", minor = ""] = version.split(".");
  return join(cacheFolder(environment), "runtime-clients", `python-${major}.${minor}`);
}
