/** The variables of a copy (--copy), and whether the copy would connect to the machine of its original. Pure. */
import {
  configuredAddress,
  variablesFor,
  type Variables,
} from "../catalogue/connection-strings/link-place.ts";
import type { SoakInput } from "./soak-input.ts";

type Links = SoakInput["links"];

/** The variables of the copy: where a link has a peer, it leads to that peer. */
export function copiedVariables(variables: Variables, links: Links): Variables {
  return links.reduce(
    (all, { place, peer }) => (peer === null ? all : { ...all, ...variablesFor(place, all, peer) }),
    variables,
  );
}

/** Whether the copy would connect to a machine that the original connects to. */
export function sharesMachine(variables: Variables, links: Links): boolean {
  return links.some(({ place, peer }) => {
    if (peer === null) return true;
    const now = configuredAddress(place, variables);
    return now !== null && "host" in now && now.host === peer.host && now.port === peer.port;
  });
}
