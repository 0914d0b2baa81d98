/** Makes the sentence that says that a link replaces the configured address of the peer. Pure. */
import type { LinkPlace } from "../domain/link-place.ts";
import { writeAddress, type NetworkAddress } from "./connection-string.ts";

export function linkSentence(place: LinkPlace, leadsTo: NetworkAddress): string {
  const relays = `its own link, which relays to ${writeAddress(leadsTo)}`;
  if ("name" in place)
    return `inside each environment, ${writeAddress({ host: place.name, port: place.port })} is the address of ${relays}`;
  return "variable" in place
    ? `${place.variable} gives each environment the address of ${relays}`
    : `${place.hostVariable} and ${place.portVariable} give each environment the address of ${relays}`;
}
