/** Says so when functions of a runtime run on another release than their own (docs/fidelity.md#inside-the-environment). Pure. */
import { findRuntime } from "../../runtimes/all-runtimes.ts";
import { runsRelease } from "../../runtimes/runs-release.ts";

export interface InterpreterFacts {
  readonly runtime: string;
  /** Whether they run on the Node that runs the engine; any other was chosen for the runtime. */
  readonly onOwnNode: boolean;
  /** Of the engine's Node, for example `v20.19.0`. */
  readonly ownVersion: string;
}

/** Null: they run on their own release. */
export function interpreterNotice({ runtime, onOwnNode, ownVersion }: InterpreterFacts): string | null {
  const known = findRuntime(runtime);
  if (known === null || !onOwnNode || runsRelease(ownVersion, known.version.release)) return null;
  const { title } = known.family;
  return `${runtime} functions run on ${title} ${ownVersion.slice(1)}, since no ${title} ${known.version.release} is at hand: longrun doctor --install-runtimes brings it`;
}
