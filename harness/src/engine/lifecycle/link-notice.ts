/** Describes the links of a function for the operator: what they override, or why there are none. Pure. */
import { configuredAddress, missingVariable } from "../../catalogue/connection-strings/configured-address.ts";
import { linkSentence } from "../../catalogue/connection-strings/link-sentence.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import { linkUpstream } from "../link/link-address.ts";
import type { LinkOptions } from "../link/link-options.ts";

/** Returns the notice. Null if the function gets no link and needs none, because its two variables name no peer. */
export function linkNotice(link: LinkOptions, snapshot: FunctionSnapshot): string | null {
  const { functionName, environment } = snapshot;
  const upstream = linkUpstream(link, snapshot);
  if (upstream !== null) return `${functionName}: ${linkSentence(link.place, upstream, environment)}`;
  const configured = configuredAddress(link.place, environment);
  if (configured !== null && "problem" in configured)
    return `${functionName} gets no link: ${configured.problem}`;
  if (!("variable" in link.place)) return null;
  return `${functionName} gets no link: ${missingVariable(link.place.variable, environment)}`;
}
