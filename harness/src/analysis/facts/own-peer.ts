/** How our own peer behaves when it is full, in the words of the theory. */
import type { Admission } from "../../words/admission.ts";
import { usedLags } from "../../theory/model/lags.ts";
import type { Manner, Server } from "../../theory/model/server.ts";

/** Our peer ends clients when the plan says so, at any time. Its log says whom it turned away, so a short life proves nothing. */
const OWN: Manner = {
  ...({ stage: "accept", queue: 0, full: "says-no", ordered: false, greets: false } as const),
  ...{ counted: false, endsClients: true },
};

const MANNERS: Readonly<Record<Admission, Manner>> = {
  // It lets a client that is one too many say who it is, and decides then.
  refuse: OWN,
  backlog: { ...OWN, queue: 16, ordered: true },
  evict: { ...OWN, full: "evicts-oldest" },
};

export const ownPeer = (admission: Admission, places: number, endsClients: boolean): Server => ({
  scopes: [places],
  manner: { ...MANNERS[admission], endsClients },
  lags: { ...usedLags(), takes: 0, frees: 100, serves: 0 },
});
