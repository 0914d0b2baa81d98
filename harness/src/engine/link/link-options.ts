/** The options of links: which variables of a function hold the peer's address, and where the link leads. */
import { PEER_VARIABLES } from "../../domain/peer-variables.ts";

export interface LinkOptions {
  readonly hostVariable: string;
  readonly portVariable: string;
  /** Null: the address is in the function's own variables. */
  readonly upstream: { readonly host: string; readonly port: number } | null;
  /**
   * Time after a silent end until the peer-side socket is reset, like the keep-alive of a peer that finds a dead connection. Null: never.
   */
  readonly deadLinkResetMs?: number | null;
}

export const DEFAULT_LINK: LinkOptions = {
  hostVariable: PEER_VARIABLES.host,
  portVariable: PEER_VARIABLES.port,
  upstream: null,
};
