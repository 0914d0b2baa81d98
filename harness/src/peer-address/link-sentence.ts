/** Makes the sentence that says that a link replaces the configured address of the peer. Pure. */
import type { LinkPlace } from "../domain/link-place.ts";
import { writeAddress, type NetworkAddress } from "./connection-string.ts";

export function linkSentence(place: LinkPlace, leadsTo: NetworkAddress): string {
  const relays = `its own link, which relays to ${writeAddress(leadsTo)}`;
  if ("name" in place)
    return `inside each environment ${writeAddress({ host: place.name, port: place.port })} is ${relays}`;
  return "variable" in place
    ? `${place.variable} leads each environment to ${relays}`
    : `${place.hostVariable} and ${place.portVariable} lead each environment to ${relays}`;
}
