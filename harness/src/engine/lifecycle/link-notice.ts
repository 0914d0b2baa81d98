/** Describes the links of a function for the operator: what they override, or why there are none. Pure. */
import { configuredAddress, missingVariable } from "../../peer-address/link-place.ts";
import { linkSentence } from "../../peer-address/link-sentence.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import { linkUpstream } from "../link/link-address.ts";
import type { LinkOptions } from "../link/link-options.ts";

/** Returns null if the function gets no link and `--link` does not name a variable with the peer's address. */
export function linkNotice(link: LinkOptions, snapshot: FunctionSnapshot): string | null {
  const { functionName, environment } = snapshot;
  const upstream = linkUpstream(link, snapshot);
  if (upstream !== null) return `${functionName}: ${linkSentence(link.place, upstream)}`;
  if (!("variable" in link.place)) return null;
  const configured = configuredAddress(link.place, environment);
  const why =
    configured !== null && "problem" in configured
      ? configured.problem
      : missingVariable(link.place.variable, environment);
  return `${functionName} gets no link: ${why}`;
}
