import type { LinkPlace } from "../../words/link-place.ts";
import { writeAddress, type NetworkAddress } from "./connection-string.ts";
import { variableNamed } from "./configured-address.ts";
import { readConnectionString } from "./read-connection-string.ts";

/** Says that a link replaces the configured address. Also names other hosts in the connection string, to which the link does not relay. */
export function linkSentence(
  place: LinkPlace,
  leadsTo: NetworkAddress,
  variables: Readonly<Record<string, string>>,
): string {
  const relays = `its own link, which relays to ${writeAddress(leadsTo)}`;
  if ("name" in place)
    return `inside each environment, ${writeAddress({ host: place.name, port: place.port })} is the address of ${relays}`;
  if ("hostVariable" in place)
    return `${place.hostVariable} and ${place.portVariable} give each environment the address of ${relays}`;
  const others = otherHosts(variableNamed(variables, place.variable) ?? "", leadsTo);
  const left =
    others.length === 0 ? "" : ` and never to ${others.join(", ")}, which ${place.variable} also names`;
  return `${place.variable} gives each environment the address of ${relays}${left}`;
}

function otherHosts(text: string, { host, port }: NetworkAddress): readonly string[] {
  const found = readConnectionString(text);
  if ("problem" in found || found.addresses.length < 2) return [];
  return found.addresses
    .filter((one) => one.host !== host || one.port !== port)
    .map((one) => (one.port === null ? one.host : writeAddress({ host: one.host, port: one.port })));
}
