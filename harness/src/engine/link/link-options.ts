/** The options of links: where a function finds its link, and where the link leads. */
import { PEER_VARIABLES } from "../../domain/peer-variables.ts";
import type { LinkPlace } from "../../domain/link-place.ts";
import type { NetworkAddress } from "../../peer-address/connection-string.ts";

export interface LinkOptions {
  readonly place: LinkPlace;
  /** Where the link of a function leads. Null: to the address that the function finds without a link. */
  readonly upstreamOf: (functionName: string) => NetworkAddress | null;
  /**
   * Time after a silent end until the peer-side socket is reset, like the keep-alive of a peer that finds a dead connection. Null: never.
   */
  readonly deadLinkResetMs?: number | null;
}

export const DEFAULT_PLACE: LinkPlace = {
  hostVariable: PEER_VARIABLES.host,
  portVariable: PEER_VARIABLES.port,
};

export const DEFAULT_LINK: LinkOptions = { place: DEFAULT_PLACE, upstreamOf: () => null };
