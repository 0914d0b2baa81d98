/**
 * Errors for a missing compiler, build tool or interpreter. Their exit code is 69: the user's code may be right
 * (docs/contracts.md#exit-codes).
 */
import { LongrunError } from "../../domain/errors.ts";
import { findRuntime } from "../../runtimes/all-runtimes.ts";
import type { LocalRuntime } from "../../runtimes/runtime-family.ts";

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
  return new LongrunError("unavailable", `${tool} is needed to ${to}, and is not on the PATH.`, { hint });
}

/** The error if this machine has no interpreter for code of this family. */
export function missingInterpreter(family: LocalRuntime): LongrunError {
  const known = findRuntime(family.preferred);
  const release = known?.version.release ?? "";
  return new LongrunError(
    "unavailable",
    `The function runs on ${known?.family.title ?? "an interpreter"}, which this machine does not have.`,
    {
      hint: `${family.installCommand(release)} installs it.`,
    },
  );
}
