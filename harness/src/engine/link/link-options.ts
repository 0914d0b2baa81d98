/** The options of links: where a function finds its link, and which peer the link connects to. */
import { PEER_VARIABLES } from "../../words/peer-variables.ts";
import type { LinkPlace } from "../../words/link-place.ts";
import type { ProtocolName } from "../../catalogue/protocols/all-protocols.ts";
import type { NetworkAddress } from "../../catalogue/connection-strings/connection-string.ts";

export interface LinkOptions {
  /** The name of the peer, if functions have several. */
  readonly peer?: string;
  readonly place: LinkPlace;
  /** The peer of a function's link. If null, the link connects to the address that the function is configured with. */
  readonly upstreamOf: (functionName: string) => NetworkAddress | null;
  /** Time after a silent end until the peer-side socket is reset, as the peer's keep-alive would do. Null for never. */
  readonly deadLinkResetMs?: number | null;
  /** The protocol of the peer, if the user named it. If null, it is recognised by the first bytes of a connection. */
  readonly protocol?: ProtocolName | null;
}

export const DEFAULT_PLACE: LinkPlace = {
  hostVariable: PEER_VARIABLES.host,
  portVariable: PEER_VARIABLES.port,
};

export const DEFAULT_LINK: LinkOptions = { place: DEFAULT_PLACE, upstreamOf: () => null };
