/** Reports when functions of a runtime run on another release than their own (docs/fidelity.md#inside-the-environment). Pure. */
import { findRuntime } from "../../runtimes/all-runtimes.ts";
import { runsRelease } from "../../runtimes/runs-release.ts";

export interface InterpreterFacts {
  readonly runtime: string;
  /** Whether the functions run on the engine's own Node; any other interpreter was chosen for the runtime. */
  readonly onOwnNode: boolean;
  /** Of the engine's Node, for example `v20.19.0`. */
  readonly ownVersion: string;
}

/** Returns null if they run on their own release. */
export function interpreterNotice({ runtime, onOwnNode, ownVersion }: InterpreterFacts): string | null {
  const known = findRuntime(runtime);
  if (known === null || !onOwnNode || runsRelease(ownVersion, known.version.release)) return null;
  const { title } = known.family;
  return `${runtime} functions run on ${title} ${ownVersion.slice(1)}, because no ${title} ${known.version.release} was found: longrun doctor --install-runtimes installs it`;
}
