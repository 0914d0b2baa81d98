import { findRuntime } from "./all-runtimes.ts";
import type { Interpreter } from "./interpreter.ts";
import { runsRelease } from "./runs-release.ts";

/** What a run records about the program that runs its functions. */
export interface RanOn {
  /** Such as `Python 3.12.4`, or the command of `--launcher`. Null if the package contains the program. */
  readonly ranOn: string | null;
  /**
   * A sentence if the program's release differs from the runtime's release, or if the client is not AWS's client
   * (docs/fidelity.md#runtimes).
   */
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

export function runtimeInWords(runtime: string, { ranOn }: Pick<RanOn, "ranOn">): string {
  return `runtime ${runtime}${ranOn === null ? "" : ` on ${ranOn}`}`;
}

export function ownClientNotice(runtime: string): string {
  return `${runtime} functions run on longrun's own runtime client, because AWS's is not installed: longrun doctor --install-ric installs it`;
}

/** Returns null if the program has the runtime's release, or if the packages contain the program. */
export function interpreterNotice(runtime: string, interpreter: Interpreter | null): string | null {
  const known = findRuntime(runtime);
  if (known === null || interpreter === null || known.local.interpreter === null) return null;
  const { title } = known.family;
  const { release } = known.version;
  return runsRelease(interpreter.version, release)
    ? null
    : `${runtime} functions run on ${title} ${interpreter.version}, because no ${title} ${release} was found: ${known.local.installCommand(release)} installs it`;
}
