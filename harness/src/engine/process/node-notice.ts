/** Says so when functions of a runtime run on another Node than their own (docs/fidelity.md#inside-the-environment). Pure. */
export interface NodeFacts {
  readonly runtime: string;
  /** Whether they run on the node that runs the engine; any other was chosen for the runtime. */
  readonly onOwnNode: boolean;
  /** Of the engine's node, for example `v20.19.0`. */
  readonly ownVersion: string;
}

/** Null: they run on their own. */
export function nodeNotice({ runtime, onOwnNode, ownVersion }: NodeFacts): string | null {
  const major = /^nodejs(\d+)\.x$/.exec(runtime)?.[1];
  if (major === undefined || !onOwnNode || ownVersion.startsWith(`v${major}.`)) return null;
  return `${runtime} functions run on Node ${ownVersion.slice(1)}, since no Node ${major} is at hand: longrun doctor --install-runtimes brings it`;
}
