/** What the server said about an attempt, in its own words, as the link read it. */
import type { ServerWords } from "../../domain/findings/harm-findings.ts";
import { speaksOfPlaces } from "../../protocols/all-protocols.ts";
import type { Attempt } from "./environment.ts";

/** Returns null if the protocol is not known, or if the server only closed. */
export function serverWords({ link }: Pick<Attempt, "link">): ServerWords | null {
  if (link === null || link.protocol === null || link.code === null || !speaksOfPlaces(link.protocol))
    return null;
  return { protocol: link.protocol, code: link.code, text: link.text };
}
