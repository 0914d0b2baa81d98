/**
 * The address of the peer to which a link relays. The engine's options give it, else the function's variables. Null if there is none, or if
 * the function would not find the link.
 */
import { configuredAddress, variablesFor } from "../../catalogue/connection-strings/configured-address.ts";
import type { NetworkAddress } from "../../catalogue/connection-strings/connection-string.ts";
import type { LinkOptions } from "./link-options.ts";

interface LinkedFunction {
  readonly functionName: string;
  readonly environment: Readonly<Record<string, string>>;
}

export function linkUpstream(
  options: LinkOptions,
  { functionName, environment }: LinkedFunction,
): NetworkAddress | null {
  const configured = configuredAddress(options.place, environment);
  const upstream =
    options.upstreamOf(functionName) ?? (configured !== null && "host" in configured ? configured : null);
  if (upstream === null) return null;
  const canFindIt =
    "name" in options.place || Object.keys(variablesFor(options.place, environment, upstream)).length > 0;
  return canFindIt ? upstream : null;
}
