import { type LeverKind } from "./lever-kind.ts";

/** Two published versions of the same code, invoked in turn: each has an environment of its own. */
export const versions: LeverKind = {
  changes:
    "publishes two versions of its code, for which its description changes for some seconds. Undone by deleting both versions",
  certainty:
    "Documented: an environment belongs to one version, and all versions share the reserved concurrency. Inferred: the socket of the frozen environment of one version stays while the other version is invoked",
  provisioned: 0,
  onlyOurs: false,
  pull: async (changed) => {
    const first = await changed.publishChanged("versions", "version 1 of 2");
    // The description is as before again, which differs from that of the first version.
    return { invoked: [first, await changed.publish("versions", "version 2 of 2")] };
  },
};
