/** Reports when functions of a runtime run on another release than their own (docs/fidelity.md#inside-the-environment). Pure. */
import { findRuntime } from "../../runtimes/all-runtimes.ts";
import type { Interpreter } from "../../runtimes/interpreter.ts";
import { runsRelease } from "../../runtimes/runs-release.ts";

/** Returns null if they run on their own release, or on the program that their packages contain. */
export function interpreterNotice(runtime: string, interpreter: Interpreter | null): string | null {
  const known = findRuntime(runtime);
  if (known === null || interpreter === null || known.local.interpreter === null) return null;
  const { title } = known.family;
  const { release } = known.version;
  return runsRelease(interpreter.version, release)
    ? null
    : `${runtime} functions run on ${title} ${interpreter.version}, because no ${title} ${release} was found: ${known.local.installCommand(release)} installs it`;
}
