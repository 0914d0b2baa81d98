/** Runs `pip install` with one Python interpreter. */
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";
import { notAvailable } from "../../../base/errors.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { runTool } from "../run-tool.ts";

/** The error if pip fails. Its message is pip's output. */
export class PipError extends Error {
  override readonly name = "PipError";
}

interface PipInstall {
  readonly interpreter: Interpreter;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: EnvironmentVariables;
}

/** Rejects with a PipError if pip fails, with a LongrunError if there is no pip. */
export async function pipInstall({ interpreter, folder, environment, ...given }: PipInstall): Promise<void> {
  const common = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const ran = await runTool({
    file: interpreter.file,
    arguments: [...common, ...given.arguments],
    folder,
    environment,
  });
  if (ran.ok) return;
  if (/No module named pip\b/.test(ran.said))
    throw notAvailable(`Python ${interpreter.version} has no pip, which installs packages.`, {
      hint: `${interpreter.file} -m ensurepip installs it; on Debian and Ubuntu apt install python3-pip does.`,
    });
  throw new PipError(ran.said);
}
