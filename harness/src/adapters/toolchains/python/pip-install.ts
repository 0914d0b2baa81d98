/** Runs `pip install` with one Python interpreter. */
import type { EnvironmentVariables } from "../../../domain/environment-variables.ts";
import type { Interpreter } from "../../../runtimes/interpreter.ts";
import { runTool } from "../run-tool.ts";

/** The error if pip fails. Its message is pip's output. */
export class PipError extends Error {
  override readonly name = "PipError";
}

interface PipInstall {
  readonly interpreter: Interpreter;
  /** The arguments that say what is installed, and where. */
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: EnvironmentVariables;
}

/** Rejects with a PipError if pip fails. */
export async function pipInstall({ interpreter, folder, environment, ...given }: PipInstall): Promise<void> {
  const common = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const ran = await runTool({
    file: interpreter.file,
    arguments: [...common, ...given.arguments],
    folder,
    environment,
  });
  if (!ran.ok) throw new PipError(ran.said);
}
