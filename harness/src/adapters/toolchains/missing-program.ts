/**
 * Errors for a missing compiler, build tool or interpreter. Their exit code is 69: the user's code may be right
 * (docs/contracts.md#exit-codes).
 */
import { notAvailable, type LongrunError } from "../../base/errors.ts";
import { runtimeOf } from "../../catalogue/runtimes/all-runtimes.ts";

/** `to` says what the tool is needed for: "build this project". */
export function missingTool({
  tool,
  to,
  hint,
}: {
  readonly tool: string;
  readonly to: string;
  readonly hint: string;
}): LongrunError {
  return notAvailable(`${tool} is needed to ${to}, and is not on the PATH.`, { hint });
}

/** The error if this machine has no interpreter of the family of this runtime. The hint installs the runtime's own release. */
export function missingInterpreter(runtime: string): LongrunError {
  const { family, local, version } = runtimeOf(runtime);
  return notAvailable(`The function runs on ${family.title}, which this machine does not have.`, {
    hint: `${local.installCommand(version.release)} installs it.`,
  });
}
