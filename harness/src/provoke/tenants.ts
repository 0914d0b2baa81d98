import { LATEST, type LeverKind } from "./lever-kind.ts";

/** Several tenants, invoked in turn: each has an environment of its own, and Lambda needs no change of the function for that. */
export const tenants: LeverKind = {
  changes: "is invoked for several tenants in turn, and nothing is changed. So there is nothing to undo",
  certainty:
    "Documented: an environment serves one tenant only, and idle environments of several tenants live beside each other within one reserved concurrency. Inferred: the socket of one tenant's frozen environment stays while another tenant is served",
  provisioned: 0,
  onlyOurs: false,
  pull: (_changed, _seen, wanted) =>
    Promise.resolve({
      invoked: [LATEST],
      tenants: Array.from({ length: wanted.tenants }, (_, index) => `tenant-${index + 1}`),
    }),
};
