/** Says on which program of this machine functions of a runtime run, and whether that is another release than their own. Pure. */
import { findRuntime } from "./all-runtimes.ts";
import type { Interpreter } from "./interpreter.ts";
import { runsRelease } from "./runs-release.ts";

/** What a run records about the program that its functions run on. */
export interface RanOn {
  /** Such as `Python 3.12.4`, or the command of `--launcher`. Null if the package contains the program. */
  readonly ranOn: string | null;
  /** A sentence if this is another release than the runtime's own (docs/fidelity.md#inside-the-environment). */
  readonly notice: string | null;
}

export function ranOn(runtime: string, interpreter: Interpreter | null, launcher: string | null): RanOn {
  const known = findRuntime(runtime);
  if (known === null) return { ranOn: null, notice: null };
  if (known.local.launcher !== null) return { ranOn: launcher, notice: null };
  return {
    ranOn: interpreter === null ? null : `${known.family.title} ${interpreter.version}`,
    notice: interpreterNotice(runtime, interpreter),
  };
}

/** For the line that says what was chosen for the user's code. */
export function runtimeInWords(runtime: string, { ranOn }: Pick<RanOn, "ranOn">): string {
  return `runtime ${runtime}${ranOn === null ? "" : ` on ${ranOn}`}`;
}

/** Returns null if functions run on their own release, or on the program that their packages contain. */
export function interpreterNotice(runtime: string, interpreter: Interpreter | null): string | null {
  const known = findRuntime(runtime);
  if (known === null || interpreter === null || known.local.interpreter === null) return null;
  const { title } = known.family;
  const { release } = known.version;
  return runsRelease(interpreter.version, release)
    ? null
    : `${runtime} functions run on ${title} ${interpreter.version}, because no ${title} ${release} was found: ${known.local.installCommand(release)} installs it`;
}
