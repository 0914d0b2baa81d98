/** The variables of a copy (--copy), and whether the copy would connect to the machine of its original. Pure. */
import {
  configuredAddress,
  variablesFor,
  type Variables,
} from "../catalogue/connection-strings/configured-address.ts";
import type { SoakInput } from "./soak-input.ts";

type Links = SoakInput["links"];

/** The variables of the copy: where a link has a peer, it leads to that peer. */
export function copiedVariables(variables: Variables, links: Links): Variables {
  return links.reduce(
    (all, { place, peer }) => (peer === null ? all : { ...all, ...variablesFor(place, all, peer) }),
    variables,
  );
}

/** Whether the copy would connect to a machine that the original connects to. `unknown`: at least one host cannot be resolved here. */
export async function sharesMachine(
  variables: Variables,
  links: Links,
  addressesOf: (host: string) => Promise<ReadonlySet<string>>,
): Promise<boolean | "unknown"> {
  let unknown = false;
  for (const { place, peer } of links) {
    if (peer === null) return true;
    const now = configuredAddress(place, variables);
    if (now === null || !("host" in now) || now.port !== peer.port) continue;
    if (now.host.toLowerCase() === peer.host.toLowerCase()) return true;
    const [its, ours] = [await addressesOf(now.host), await addressesOf(peer.host)];
    if ([...its].some((address) => ours.has(address))) return true;
    if (its.size === 0 || ours.size === 0) unknown = true;
  }
  return unknown ? "unknown" : false;
}
