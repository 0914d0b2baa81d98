/** Which variables of a function hold the peer's address, and where the link leads. */
import { PEER_VARIABLES } from "../../domain/peer-variables.ts";

export interface LinkOptions {
  readonly hostVariable: string;
  readonly portVariable: string;
  /** Null: what the function's own variables say. */
  readonly upstream: { readonly host: string; readonly port: number } | null;
  /** After a silent end: reset the peer-side socket, as keep-alive of a peer would find out. Null: never. */
  readonly deadLinkResetMs?: number | null;
}

export const DEFAULT_LINK: LinkOptions = {
  hostVariable: PEER_VARIABLES.host,
  portVariable: PEER_VARIABLES.port,
  upstream: null,
};
