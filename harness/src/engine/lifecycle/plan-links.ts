/** Decides, before an environment is built, where each of its links listens and which address the link connects to. */
import { linkUpstream } from "../link/link-address.ts";
import type { LinkOptions } from "../link/link-options.ts";
import { nextSandboxAddress, type HostName } from "../process/isolation/sandbox-address.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";

export interface PlannedLink {
  readonly options: LinkOptions;
  readonly upstream: { readonly host: string; readonly port: number };
  readonly listen: { readonly host: string; readonly port: number };
  /** The name that resolves to the link inside the environment; null if the function finds the link in its variables. */
  readonly name: HostName | null;
}

/** Returns no link for a peer if the peer's address is unknown, or if the function would not find the link. */
export function planLinks(all: readonly LinkOptions[], snapshot: FunctionSnapshot): readonly PlannedLink[] {
  return all.flatMap((options) => {
    const upstream = linkUpstream(options, snapshot);
    return upstream === null ? [] : [{ options, upstream, ...listening(options) }];
  });
}

function listening({ place }: LinkOptions): Pick<PlannedLink, "listen" | "name"> {
  if (!("name" in place)) return { listen: { host: "127.0.0.1", port: 0 }, name: null };
  const host = nextSandboxAddress();
  return { listen: { host, port: place.port }, name: { name: place.name, address: host } };
}
