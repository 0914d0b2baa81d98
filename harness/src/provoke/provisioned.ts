import { LATEST, type LeverKind } from "./lever-kind.ts";

/** Provisioned concurrency on a version that nobody invokes: Lambda initialises an environment without an invocation. */
export const provisioned: LeverKind = {
  changes:
    "publishes a version, for which its description changes for some seconds, provisions one environment of it, and reserves a concurrency of 2. Undone by removing the provisioned concurrency and the version, then restoring the reserved concurrency",
  certainty:
    "Documented: Lambda initialises the environment without an invocation. Inferred: the socket that its Init opened stays",
  provisioned: 1,
  onlyOurs: true,
  pull: async (changed) => {
    await changed.provision("provisioned", await changed.publishToProvision("provisioned"));
    return { invoked: [LATEST] };
  },
};
